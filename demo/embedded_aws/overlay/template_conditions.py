"""Conditions of templates that name pseudo parameters or join lists, as CDK's bootstrap does."""

from typing import Any

from demo.embedded_aws.emulator import Untyped, cloudformation_engine, replaces, responses


@replaces(cloudformation_engine, "_evaluate_conditions")
def _evaluate(original: Untyped, template: dict[str, Any], parameters: dict[str, Any]) -> Untyped:
    pseudo = {
        "AWS::AccountId": responses.get_account_id(),
        "AWS::Partition": "aws",
        "AWS::Region": responses.get_region(),
        "AWS::URLSuffix": "amazonaws.com",
    }
    known = {**{name: {"Value": value} for name, value in pseudo.items()}, **parameters}
    conditions = _with_joined(template.get("Conditions", {}), known)
    return original({**template, "Conditions": conditions}, known)


def _with_joined(node: Untyped, parameters: dict[str, Any]) -> Untyped:
    """Replace each Fn::Join by its text."""
    if isinstance(node, list):
        return [_with_joined(each, parameters) for each in node]
    if not isinstance(node, dict):
        return node
    if "Fn::Join" not in node:
        return {name: _with_joined(each, parameters) for name, each in node.items()}
    separator, items = node["Fn::Join"]
    return separator.join(_texts(items, parameters))


def _texts(items: Untyped, parameters: dict[str, Any]) -> list[str]:
    """Return the texts of a list, or of a parameter that is one: "a,b" stands for both."""
    if isinstance(items, dict) and "Ref" in items:
        return str(parameters[items["Ref"]]["Value"]).split(",")
    if isinstance(items, list):
        return [text for item in items for text in _texts(item, parameters)]
    return [str(items)]
