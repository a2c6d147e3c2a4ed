"""Exceptions: what was decided not to be told."""
