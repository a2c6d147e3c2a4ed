"""Synthesizes the stacks as the CDK command would, once for many tests."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import aws_cdk as cdk
from aws_cdk.assertions import Template

from infra.config import parse
from infra.hub_stack import add_stacks

REPOSITORY = Path(__file__).parents[2]
CONTEXT = json.loads((REPOSITORY / "cdk.json").read_text())["context"]


@dataclass(frozen=True)
class Synthesis:
    folder: Path
    templates: Mapping[str, Mapping]

    def __getitem__(self, stack):
        return Template.from_json(self.templates[stack])

    def resources(self, stack, kind):
        """Return the properties of all resources of the kind, by their names."""
        return {
            _name(properties): properties
            for resource in self.templates[stack]["Resources"].values()
            if resource["Type"] == kind
            for properties in [resource["Properties"]]
        }

    @property
    def member_template(self):
        [stack_set] = self.resources("RolecallHub", "AWS::CloudFormation::StackSet").values()
        return json.loads(stack_set["TemplateBody"])


def example_configuration():
    return tomllib.loads((REPOSITORY / "rolecall.toml").read_text())


def single_account_configuration():
    configuration = example_configuration()
    del configuration["organization"]
    return configuration


def new_app(folder, configuration):
    app = cdk.App(outdir=str(folder), context=CONTEXT, analytics_reporting=False)
    add_stacks(app, parse(configuration))
    return app


def synthesize(folder, configuration):
    assembly = new_app(folder, configuration).synth()
    return Synthesis(folder, {stack.id: stack.template for stack in assembly.stacks})


def _name(properties):
    kinds = ("Alarm", "Function", "LogGroup", "Queue", "Role", "StateMachine", "Table", "Topic", "")
    names = (properties.get(f"{kind}Name") for kind in kinds)
    return next((name for name in names if isinstance(name, str)), json.dumps(properties))
