"""Detections of what blinds those who watch: trails, detectors, recorders."""
