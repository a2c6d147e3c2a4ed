"""Detections of who looks around, with what, and of calls that nobody knows."""
