"""Who from outside a trust policy lets in, decided condition by condition."""
