"""Lambda entry points: one file, one function, no decisions."""
