"""Jalon: guidance for newcomers in the province of Namur."""
