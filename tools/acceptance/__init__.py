"""Answers to the questions of acceptance data that somebody has, in its own words."""
