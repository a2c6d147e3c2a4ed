"""Use cases in terms of the model and of ports: audit, detect, notify, cover."""
