"""What users and roles may do that they could not before, and the other way round."""
