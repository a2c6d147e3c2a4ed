"""Access keys, passwords and MFA devices."""
