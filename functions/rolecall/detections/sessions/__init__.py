"""Detections of temporary credentials."""
