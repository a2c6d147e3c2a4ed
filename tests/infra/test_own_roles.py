"""Our own rules judge our own roles."""

from itertools import chain

import pytest

from rolecall.catalog import CHECKS
from rolecall.model.organization import Organization
from rolecall.model.principals import HeldPolicy, PolicyKind
from rolecall.policy import Policy
from tests.builders import account, document, role
from tests.infra.policies import resolve

ORGANIZATION = Organization("o-a1b2c3d4e5", frozenset({"111122223333", "444455556666"}))
AUDIT = "over-privilege"


@pytest.fixture(scope="module")
def our_roles(organization):
    templates = (organization.templates["RolecallHub"], organization.member_template)
    return [each for template in templates for each in roles_of(template)]


def test_finds_nothing_wrong_with_our_roles(our_roles):
    assert judge(our_roles) == []


def test_would_find_an_administrator_among_them(our_roles):
    administrator = role("rolecall-oops", policies=(inline("oops", document("*")),))

    assert "rolecall-oops" in "".join(judge([*our_roles, administrator]))


def test_would_find_a_role_that_trusts_a_stranger(our_roles):
    trust = {
        "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::777788889999:root"},
            "Action": "sts:AssumeRole",
        }
    }

    assert "777788889999" in "".join(judge([*our_roles, role("rolecall-oops", trust=trust)]))


def judge(roles):
    snapshot = account(roles=roles, id="111122223333", organization=ORGANIZATION)
    checks = [check for check in CHECKS if AUDIT in check.audits]
    evidence = chain.from_iterable(check.judge(snapshot, {}) for check in checks)
    return [each.summary for each in evidence]


def roles_of(template):
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::IAM::Role":
            properties = resolve(resource["Properties"], template)
            yield role(
                properties["RoleName"],
                trust=properties["AssumeRolePolicyDocument"],
                policies=tuple(
                    inline(each["PolicyName"], each["PolicyDocument"])
                    for each in properties["Policies"]
                ),
            )


def inline(name, content):
    return HeldPolicy(name, PolicyKind.INLINE, Policy.parse(content, name=name))
