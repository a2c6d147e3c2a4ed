"""Whose tokens a trust policy accepts: issuers, subjects and audiences in words."""
