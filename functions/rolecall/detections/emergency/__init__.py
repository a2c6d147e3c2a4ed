"""Ways in for emergencies."""
