"""Rasa custom actions, one module per theme: read the slots, ask jalon, hand over the reply."""
