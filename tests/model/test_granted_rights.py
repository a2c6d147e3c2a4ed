import json

import pytest

from rolecall.model.granted_rights import UNSHOWN, grant_in, weigh
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import ACCOUNT, document, event

WITH_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def grant(*args, **statement):
    return weigh(Policy.parse(document(*args, **statement)), ACCOUNT)


@pytest.mark.parametrize("actions", ["*", "iam:*"])
def test_knows_an_administrator(actions):
    assert grant(actions).is_administrator
    assert grant(actions).severity is Severity.HIGH


def test_weighs_what_holds_under_conditions_less():
    administrator, user = (
        grant("*", Condition=WITH_MFA),
        grant("iam:CreateUser", Condition=WITH_MFA),
    )

    assert administrator.is_administrator
    assert administrator.severity is Severity.MEDIUM
    assert user.severity is Severity.LOW
    assert user.words.endswith(", under conditions")


def test_respects_what_the_policy_itself_denies():
    allow, deny = document(["iam:*", "s3:*"]), document("iam:*", effect="Deny")
    policy = Policy.parse(
        {"Version": "2012-10-17", "Statement": allow["Statement"] + deny["Statement"]}
    )

    found = weigh(policy, ACCOUNT)

    assert not found.is_administrator
    assert found.severity is Severity.MEDIUM


def test_finds_nothing_in_rights_to_named_resources_or_in_denials():
    assert grant("*", "arn:aws:s3:::reports/*").severity is Severity.INFORMATIONAL
    assert grant("*", effect="Deny").severity is Severity.INFORMATIONAL


def test_takes_assuming_any_role_for_less_than_becoming_an_administrator():
    found = grant("sts:AssumeRole")

    assert found.severity is Severity.MEDIUM
    assert found.words == "lets its holder assume every role that trusts the account"


def test_names_the_classes_of_sensitive_rights():
    assert grant("kms:Decrypt").data["classes"] == ["decryption"]


def test_reads_a_document_as_cloudtrail_writes_it():
    text = json.dumps(document("iam:*"))

    found = grant_in(event("PutUserPolicy", request={"policyDocument": text}))

    assert found.is_administrator


@pytest.mark.parametrize("request_", [None, {"policyDocument": "{"}, {"policyDocument": {"a": 1}}])
def test_says_so_where_there_is_no_document_to_read(request_):
    assert grant_in(event("PutUserPolicy", request=request_)) is UNSHOWN
