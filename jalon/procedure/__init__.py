"""The law as arithmetic: dated values, calendars, deadlines. Pure functions; the day is always an argument."""
