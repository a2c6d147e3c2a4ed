"""Event rules: one file each, pure functions over one CloudTrail event."""
