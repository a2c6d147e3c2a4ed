"""Policies, their attachments and trust."""
