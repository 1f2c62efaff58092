"""Where people write from. Each channel renders the one reply within its limits."""
