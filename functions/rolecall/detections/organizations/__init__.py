"""The organization: its accounts, its guardrails and who administers them."""
