"""Composes the stacks from rolecall.toml, or from another file: `cdk synth -c config=PATH`."""

import sys
from pathlib import Path

import aws_cdk as cdk

# The catalog of rules is the functions' own code; it is read here, not copied.
sys.path.insert(0, str(Path(__file__).parent / "functions"))

from infra.config import load
from infra.hub_stack import add_stacks

app = cdk.App()
add_stacks(
    app, load(Path(__file__).parent / (app.node.try_get_context("config") or "rolecall.toml"))
)
app.synth()
