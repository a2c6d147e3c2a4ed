"""Detections of rights that go through other services."""
