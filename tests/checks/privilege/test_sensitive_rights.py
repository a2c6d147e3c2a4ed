import pytest

from rolecall.checks.privilege.sensitive_rights import sensitive_rights
from rolecall.model.organization import Guardrails
from rolecall.model.principals import PolicyKind
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import account, document, group, held, role, trust_of, user

NO_STORAGE = held("s3:*", effect="Deny", name="no-storage")


def evidence_for(*policies, **fields):
    return sensitive_rights.judge(account(user("alice", policies=policies, **fields)), {})


def test_flags_a_policy_once_with_all_classes_the_heaviest_first():
    [evidence] = evidence_for(held("s3:*", name="storage"))

    assert evidence.summary == (
        "user alice may open or share resources with anybody (and 3 more) everywhere"
        " through inline policy storage"
    )
    assert evidence.severity is Severity.HIGH
    assert list(evidence.data["classes"]) == [
        "resource-exposure",
        "tampering",
        "data-access",
        "destruction",
    ]
    assert evidence.data["statements"] == ["statement 1"]
    assert evidence.commands == (
        "aws iam delete-user-policy --user-name alice --policy-name storage",
    )


def test_flags_every_policy_that_gives_such_rights():
    found = evidence_for(held("s3:GetObject", name="one"), held("cloudtrail:*", name="two"))

    assert [each.data["policies"] for each in found] == [["one"], ["two"]]
    assert [each.severity for each in found] == [Severity.MEDIUM, Severity.HIGH]


@pytest.mark.parametrize(
    ("action", "severity"),
    [
        ("cloudtrail:StopLogging", Severity.HIGH),
        ("kms:ScheduleKeyDeletion", Severity.HIGH),
        ("iam:CreateAccessKey", Severity.HIGH),
        ("s3:GetObject", Severity.MEDIUM),
        ("cloudwatch:DeleteAlarms", Severity.LOW),
        ("s3:DeleteBucket", Severity.LOW),
    ],
)
def test_weighs_actions_and_not_only_classes(action, severity):
    [evidence] = evidence_for(held(action))

    assert evidence.severity is severity


def test_grades_what_every_managed_instance_may_do_low():
    core = held(
        ["ssm:GetParameter", "ssm:GetParameters", "ssm:PutInventory", "ssmmessages:*"],
        kind=PolicyKind.AWS_MANAGED,
        name="AmazonSSMManagedInstanceCore",
        arn="arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    )

    [evidence] = evidence_for(core)

    assert evidence.severity is Severity.LOW


def test_is_silent_on_what_is_negligible():
    assert not evidence_for(held("logs:DeleteRetentionPolicy"))


def test_accepts_resources_of_ones_own():
    own = {"StringEquals": {"aws:ResourceTag/owner": "${aws:username}"}}

    assert not evidence_for(held("s3:DeleteBucket", "arn:aws:s3:::reports"))
    assert not evidence_for(held("ec2:TerminateInstances", Condition=own))


def test_accepts_named_resources():
    assert not evidence_for(held("s3:*", "arn:aws:s3:::reports/*"))


def test_accepts_reading_what_there_is():
    assert not evidence_for(held(["ec2:Describe*", "s3:List*", "iam:Get*", "iam:List*"]))


def test_accepts_what_every_function_does():
    assert not evidence_for(
        held(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "xray:Put*"])
    )


def test_accepts_a_deny():
    assert not evidence_for(held("*", effect="Deny"))


def test_counts_a_group_once_with_its_members():
    storage = held("s3:GetObject", name="storage")
    inherited = held("s3:GetObject", name="storage", group="readers")
    members = [user(name, policies=(inherited,), groups=("readers",)) for name in ("ann", "bob")]
    readers = group("readers", policies=(storage,), members=("ann", "bob"))

    [evidence] = sensitive_rights.judge(account(*members, groups=(readers,)), {})

    assert evidence.summary.startswith("group readers (2 members) may read stored data")
    assert evidence.resource == readers.resource
    assert evidence.principal is None
    assert evidence.data["members"] == ["ann", "bob"]
    assert evidence.commands == (
        "aws iam delete-group-policy --group-name readers --policy-name storage",
    )


def test_a_group_is_live_while_one_member_is_not_denied():
    inherited = held("s3:GetObject", group="readers")
    denied = user("ann", policies=(inherited, NO_STORAGE), groups=("readers",))
    free = user("bob", policies=(inherited,), groups=("readers",))
    readers = group("readers", policies=(held("s3:GetObject"),))

    [live] = sensitive_rights.judge(account(denied, free, groups=(readers,)), {})
    [blocked] = sensitive_rights.judge(account(denied, groups=(readers,)), {})

    assert (live.verdict, blocked.verdict) == ("granted", "blocked")
    assert blocked.severity is Severity.INFORMATIONAL


def test_a_deny_of_some_resources_leaves_the_rest():
    some = held("s3:*", "arn:aws:s3:::payroll/*", effect="Deny")

    [evidence] = evidence_for(held("s3:GetObject"), some)

    assert evidence.verdict == "granted"


def test_a_boundary_for_some_resources_blocks_the_right_to_all():
    some = Policy.parse(document("s3:*", "arn:aws:s3:::reports/*"), name="reports-only")

    [evidence] = evidence_for(held("s3:GetObject"), boundary=some)

    assert evidence.data["blocked_by"] == ["permissions boundary reports-only"]


def test_a_conditional_deny_is_a_condition():
    without_mfa = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}

    [evidence] = evidence_for(held("s3:GetObject"), held("*", effect="Deny", Condition=without_mfa))

    assert evidence.verdict == "conditional"
    assert evidence.severity is Severity.LOW
    assert evidence.data["conditions"] == ["not BoolIfExists aws:MultiFactorAuthPresent = false"]


def test_tells_who_becomes_the_role():
    reader = role(
        "reader", policies=[held("s3:GetObject")], trust=trust_of({"AWS": "444455556666"})
    )

    [evidence] = sensitive_rights.judge(account(roles=[reader]), {})

    assert evidence.data["assumed_by"] == {"AWS": ["444455556666"]}


def test_grades_what_aws_wrote_for_the_service_that_holds_it_lower():
    arn = "arn:aws:iam::aws:policy/service-role/AWSExampleServiceRole"
    written = held(
        "s3:GetObject", kind=PolicyKind.AWS_MANAGED, name="AWSExampleServiceRole", arn=arn
    )

    [evidence] = sensitive_rights.judge(account(roles=[role(policies=[written])]), {})

    assert evidence.severity is Severity.LOW


ASKED_FOR = "AmazonEKSClusterPolicy"


@pytest.mark.parametrize(
    ("name", "trusted", "is_told"),
    [
        (ASKED_FOR, {"Service": "eks.amazonaws.com"}, False),
        (ASKED_FOR, {"Service": "ec2.amazonaws.com"}, True),
        (ASKED_FOR, {"Service": "eks.amazonaws.com", "AWS": "444455556666"}, True),
        ("AmazonEC2FullAccess", {"Service": "eks.amazonaws.com"}, True),
    ],
)
def test_is_silent_on_what_aws_asks_for_on_the_role_of_a_service(name, trusted, is_told):
    arn = f"arn:aws:iam::aws:policy/{name}"
    written = held("ec2:DeleteVolume", kind=PolicyKind.AWS_MANAGED, name=name, arn=arn)
    cluster = role("cluster", policies=[written], trust=trust_of(trusted))

    assert bool(sensitive_rights.judge(account(roles=[cluster]), {})) is is_told


def test_is_silent_on_administrators_services_and_permission_sets():
    everything = (held("*"),)
    base = "arn:aws:iam::111122223333:role"
    linked = role("Linked", arn=f"{base}/aws-service-role/x.amazonaws.com/Linked")
    reserved = role("Lent", arn=f"{base}/aws-reserved/sso.amazonaws.com/Lent")
    rights = {"policies": (held("s3:*"),)}
    roles = [type(each)(**{**fields_of(each), **rights}) for each in (linked, reserved)]

    assert not sensitive_rights.judge(account(user(policies=everything), roles=roles), {})


def fields_of(each):
    return {"name": each.name, "arn": each.arn, "created_at": each.created_at, "trust": each.trust}


def test_tells_the_chosen_classes_only():
    holder = account(user(policies=(held("s3:*"),)))

    [evidence] = sensitive_rights.judge(holder, {"classes": ("data-access",)})

    assert list(evidence.data["classes"]) == ["data-access"]


def test_whose_every_right_is_denied_is_told_once_as_a_would_be_administrator():
    assert evidence_for(held("*"), held("*", effect="Deny")) == []


def test_names_a_level_of_the_organization_that_allows_nothing():
    everything = Policy.parse(document())
    guarded = account(
        user("alice", policies=(held("s3:GetObject"),)),
        guardrails=Guardrails(scps=((everything,), ())),
    )

    [evidence] = sensitive_rights.judge(guarded, {})

    assert evidence.summary.startswith("user alice could read")
    assert evidence.summary.endswith(
        "were it not for level 2 of the organization, which has no service control policy"
    )
