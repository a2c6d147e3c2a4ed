"""Programs for those who work on Rolecall."""
