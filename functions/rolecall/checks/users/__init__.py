"""Users: their age, activity and MFA."""
