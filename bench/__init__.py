"""Measurements of Rolecall: `python -m bench` prints them as medians."""
