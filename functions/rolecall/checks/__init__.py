"""Posture rules: one file each, pure functions over the snapshot of one account."""
