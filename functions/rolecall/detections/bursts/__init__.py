"""Detections of what takes several events: guessing, enumerating, taking over."""
