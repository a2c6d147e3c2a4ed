"""Access keys and other credentials."""
