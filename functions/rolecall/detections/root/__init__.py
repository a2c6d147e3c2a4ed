"""The root user."""
