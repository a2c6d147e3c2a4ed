"""CDK: what exists in AWS, and nothing else."""
