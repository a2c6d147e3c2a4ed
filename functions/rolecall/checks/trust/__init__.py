"""Who may become a role."""
