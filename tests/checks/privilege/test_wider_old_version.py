from rolecall.checks.privilege.wider_old_version import wider_old_version
from rolecall.model.managed_policies import ManagedPolicy
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import account, document

ARN = "arn:aws:iam::111122223333:policy/old"


def managed(*args, **fields):
    policy = Policy.parse(document(*args), name="old")
    return ManagedPolicy(name="old", arn=ARN, policy=policy, **fields)


def evidence_for(policy):
    return wider_old_version.judge(account(managed_policies=(policy,)), {})


def version(*args):
    return Policy.parse(document(*args))


def test_flags_a_version_that_would_make_an_administrator():
    earlier = {"v1": version("*"), "v2": version("s3:ListBucket")}

    [evidence] = evidence_for(managed("s3:GetObject", earlier=earlier))

    assert evidence.summary == "customer managed policy old has wider older versions: v1"
    assert evidence.severity is Severity.MEDIUM
    assert evidence.commands == (
        f"aws iam delete-policy-version --policy-arn {ARN} --version-id v1",
    )


def test_flags_a_version_with_more_sensitive_rights():
    [evidence] = evidence_for(managed("s3:GetObject", earlier={"v1": version("s3:DeleteBucket")}))

    assert evidence.severity is Severity.LOW
    assert evidence.data["versions"] == {"v1": ["destruction"]}


def test_accepts_versions_that_allow_no_more():
    earlier = {"v1": version("s3:GetObject"), "v2": version("s3:*", "arn:aws:s3:::reports")}

    assert not evidence_for(managed("s3:GetObject", earlier=earlier))


def test_leaves_policies_that_nobody_holds_to_their_own_rule():
    assert not evidence_for(managed("s3:ListBucket", earlier={"v1": version("*")}, is_used=False))
