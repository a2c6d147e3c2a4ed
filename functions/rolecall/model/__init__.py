"""The vocabulary: accounts and their principals, events, rules, evidence, findings, settings."""
