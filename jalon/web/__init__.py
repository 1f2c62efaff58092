"""The website: the assistant's page and the requests behind it."""
