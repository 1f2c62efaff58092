"""Understanding: Rasa graph components, from the raw message to an intent, a ranking and a band."""
