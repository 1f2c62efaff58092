"""The knowledge base: the files staff edit, the store built from them, and what can be asked of it."""
