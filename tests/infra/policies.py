"""The IAM policies of a template, with its intrinsic functions resolved."""

import re
from dataclasses import dataclass

PSEUDO_PARAMETERS = {
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::AccountId": "111122223333",
}


@dataclass(frozen=True)
class Statement:
    role: str
    effect: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]


def role_statements(template):
    """Yield every statement of every role's policies."""
    for resource in template["Resources"].values():
        if resource["Type"] != "AWS::IAM::Role":
            continue
        role = resolve(resource["Properties"], template)
        for policy in role["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                yield Statement(
                    role["RoleName"],
                    statement["Effect"],
                    tuple(listed(statement["Action"])),
                    tuple(listed(statement["Resource"])),
                )


def resolve(value, template):
    """Replace references by the ARNs and names that they will have."""
    match value:
        case list():
            resolved = [resolve(each, template) for each in value]
        case {"Ref": name}:
            resolved = PSEUDO_PARAMETERS.get(name) or f"<{_physical_name(name, template)}>"
        case {"Fn::GetAtt": [name, attribute]}:
            resolved = f"<{_physical_name(name, template)}.{attribute}>"
        case {"Fn::Join": [separator, parts]}:
            resolved = separator.join(resolve(parts, template))
        case dict():
            resolved = {key: resolve(each, template) for key, each in value.items()}
        case _:
            resolved = value
    return resolved


def listed(value):
    return value if isinstance(value, list) else [value]


def _physical_name(logical_id, template):
    properties = template["Resources"][logical_id]["Properties"]
    names = [v for k, v in properties.items() if re.fullmatch(r"\w*Name", k) and isinstance(v, str)]
    return names[0] if names else logical_id
