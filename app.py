"""Composes the stacks from rolecall.toml, or from another file: `cdk synth -c config=PATH`."""

import sys
from pathlib import Path

import aws_cdk as cdk

from infra.config import load
from infra.hub_stack import add_stacks
from rolecall.model.settings import SettingsError

app = cdk.App()
try:
    settings = load(Path(__file__).parent / (app.node.try_get_context("config") or "rolecall.toml"))
except SettingsError as error:
    # The sentence is for the deployer; a traceback would bury it.
    sys.exit(str(error))
add_stacks(app, settings)
app.synth()
