"""The account as a whole, and what could not be seen of it."""
