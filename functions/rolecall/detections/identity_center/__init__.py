"""Detections of Identity Center: who gets which permission set where."""
