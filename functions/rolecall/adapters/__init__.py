"""The only code that talks to AWS, and to files: one module for each technology behind a port."""
