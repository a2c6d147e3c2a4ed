"""Rules over what changes of permissions amount to, grouped by subject."""
