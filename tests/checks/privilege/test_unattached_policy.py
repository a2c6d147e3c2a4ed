from rolecall.checks.privilege.unattached_policy import unattached_policy
from rolecall.model.managed_policies import ManagedPolicy
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import account, document

ARN = "arn:aws:iam::111122223333:policy/old"


def managed(*args, **fields):
    policy = Policy.parse(document(*args), name="old")
    return ManagedPolicy(name="old", arn=ARN, policy=policy, **fields)


def evidence_for(policy):
    return unattached_policy.judge(account(managed_policies=(policy,)), {})


def test_flags_an_administrator_policy_that_nobody_holds():
    [evidence] = evidence_for(managed("*", is_used=False))

    assert evidence.severity is Severity.LOW
    assert evidence.summary == (
        "customer managed policy old is attached to nobody, which would make an administrator"
    )


def test_flags_sensitive_rights():
    [evidence] = evidence_for(managed("s3:GetObject", is_used=False))

    assert evidence.severity is Severity.LOW
    assert evidence.data["classes"] == ["data-access"]


def test_tells_of_harmless_ones_as_information():
    [evidence] = evidence_for(managed("s3:ListBucket", is_used=False))

    assert evidence.severity is Severity.INFORMATIONAL


def test_accepts_policies_in_use():
    assert not evidence_for(managed("*", is_used=True))
