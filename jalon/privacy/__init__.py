"""What protects people: opaque identities, encryption, retention, and logs without words."""
