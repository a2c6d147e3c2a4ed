"""Detections of sign-ins."""
