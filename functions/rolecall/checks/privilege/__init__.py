"""What principals may do."""
