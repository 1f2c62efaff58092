"""What protects the person: what may be kept, how it is hidden, and when it is erased."""
