"""Finders of entities: each knows one kind of thing and finds it in a message that was read word by word."""
