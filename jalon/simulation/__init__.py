"""A Meta of our own, for tests and demonstrations: it takes replies as the real one would, and misbehaves on demand."""
