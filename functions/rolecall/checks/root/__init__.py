"""The root user of the account."""
