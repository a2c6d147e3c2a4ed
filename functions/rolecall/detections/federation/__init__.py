"""Detections of who vouches for identities: providers and certificates."""
