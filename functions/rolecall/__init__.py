"""Takes the roll of every key, user, role and permission in an AWS organization."""
