"""What protects people: opaque identities, encryption, retention, redaction, and logs without words."""
