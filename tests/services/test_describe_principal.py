from dataclasses import replace

import pytest

from rolecall.model.credentials import Use
from rolecall.model.organization import Guardrails
from rolecall.model.principal_document import digest_of, parse_principal, principal_document
from rolecall.model.principal_record import Rank, RecordedPolicy
from rolecall.model.principals import PolicyKind
from rolecall.policy import Policy
from rolecall.services.describe_principal import describe
from tests.builders import (
    ACCOUNT,
    FOREIGN,
    NOW,
    access_key,
    account,
    days_ago,
    document,
    held,
    last_use,
    password,
    role,
    trust_of,
    user,
)

READ = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ATTACHED = held("s3:Get*", name="ReadOnlyAccess", kind=PolicyKind.AWS_MANAGED, arn=READ)
ADMINISTRATOR = held("*", name="AdministratorAccess")


def described(principal, *others, **fields):
    roles = [each for each in (principal, *others) if hasattr(each, "trust")]
    users = [each for each in (principal, *others) if not hasattr(each, "trust")]
    return describe(account(*users, roles=roles, **fields), principal)


def test_tells_what_is_attached_inline_and_inherited_in_a_fixed_order():
    through = replace(ATTACHED, group="readers")
    own = held("sqs:*", name="own")

    records = [
        described(user(policies=policies, groups=("readers",)))
        for policies in ((through, own, ATTACHED), (ATTACHED, through, own))
    ]

    assert records[0] == records[1]
    assert records[0].policies == (
        RecordedPolicy("ReadOnlyAccess", PolicyKind.AWS_MANAGED, READ),
        RecordedPolicy("own", PolicyKind.INLINE),
        RecordedPolicy("ReadOnlyAccess", PolicyKind.AWS_MANAGED, READ, "readers"),
    )
    assert records[0].holdings == {READ: ("", "readers")}


def test_tells_whom_a_role_trusts_and_on_what_terms():
    condition = {"StringEquals": {"sts:ExternalId": "7"}}

    record = described(role(trust=trust_of({"AWS": FOREIGN}, condition)))

    [term] = record.trusts
    assert str(term) == f"AWS:{FOREIGN} if StringEquals sts:ExternalId = 7"


def test_says_of_a_deny_and_of_exclusions_what_they_are():
    trust = trust_of({"AWS": FOREIGN}, effect="Deny")
    statement = {"Effect": "Allow", "NotPrincipal": {"AWS": FOREIGN}, "Action": "sts:AssumeRole"}
    trust["Statement"].append(statement)

    record = described(role(trust=trust))

    assert [term.who for term in record.trusts] == [
        f"not AWS:{FOREIGN}",
        f"everybody but AWS:{FOREIGN}",
    ]


def test_counts_rights_by_service_and_level():
    record = described(user(policies=(held(["sqs:DeleteQueue", "sqs:ListQueues"]),)))

    assert list(record.rights) == ["everywhere"]
    assert record.rights["everywhere"].by_service == {"sqs": {"Read": 1, "Write": 1}}
    assert record.rights["everywhere"].actions == 2


def test_tells_whoever_may_use_all_of_aws_in_numbers_alone():
    record = described(user(policies=(ADMINISTRATOR,)))

    rights = record.rights["everywhere"]
    assert rights.by_service == {}
    assert rights.services > 300
    assert sum(rights.levels.values()) == rights.actions


def test_reckons_with_what_the_organization_forbids():
    only_sqs = Policy.parse(document("sqs:*"))
    allowed = account(guardrails=Guardrails(scps=((only_sqs,),)))
    principal = user(policies=(held(["s3:GetObject", "sqs:ListQueues"]),))

    record = describe(replace(allowed, users=(principal,)), principal)

    assert list(record.rights["everywhere"].by_service) == ["sqs"]


def test_knows_administrators_and_those_who_can_become_one():
    administrator = user("root-like", policies=(ADMINISTRATOR,))
    climber = user("climber", policies=(held("iam:AttachUserPolicy"),))
    reader = user("reader", policies=(ATTACHED,))

    ranks = [described(each).rank for each in (administrator, climber, reader)]

    assert ranks == [Rank.ADMINISTRATOR, Rank.ESCALATES, Rank.ORDINARY]


def test_tells_how_somebody_becomes_an_administrator():
    climber = user("climber", policies=(held("iam:AttachUserPolicy"),))

    escalation = described(climber).escalation

    assert escalation.verdict == "granted"
    assert len(escalation.paths) == 1
    assert "iam:AttachUserPolicy" in escalation.steps[0]


def test_names_the_classes_of_sensitive_actions():
    record = described(user(policies=(held(["s3:GetObject", "iam:CreateAccessKey"]),)))
    harmless = described(user(policies=(held("sqs:ListQueues"),)))

    assert record.sensitive == ("credentials-exposure", "data-access")
    assert harmless.sensitive == ()


@pytest.mark.parametrize(
    ("principal", "use", "at"),
    [
        (role(last_use=last_use(3)), Use.USED, days_ago(3)),
        (user(keys=[access_key(used=9), access_key(used=5)]), Use.USED, days_ago(5)),
        (user(keys=[access_key(used=9)], password=password(used=2)), Use.USED, days_ago(2)),
        (user(keys=[access_key(used=None)]), Use.NEVER, None),
        (user(), Use.NEVER, None),
        (user(credentials=None), Use.UNKNOWN, None),
    ],
)
def test_tells_when_it_was_last_active(principal, use, at):
    last = described(principal).last_use

    assert (last.use, last.at) == (use, at)


@pytest.mark.parametrize(
    "principal",
    [
        role(policies=(ATTACHED,), boundary=Policy.parse(document("s3:*"), name="limit")),
        user(policies=(held("iam:AttachUserPolicy"),), groups=("a", "b")),
    ],
)
def test_a_record_survives_being_written_as_json(principal):
    record = described(principal)

    assert parse_principal(principal_document(record)) == record


def test_an_unchanged_principal_has_an_unchanged_digest_whatever_day_it_is_used():
    before = described(role(last_use=last_use(3)))
    after = described(role(last_use=replace(last_use(1), service="ec2")), taken_at=days_ago(-1))

    assert before != after
    assert digest_of(before) == digest_of(after)


def test_the_month_of_the_last_use_counts():
    digests = {digest_of(described(role(last_use=last_use(days)))) for days in (3, 40)}

    assert len(digests) == 2


def test_the_record_names_its_account_and_when_the_rights_were_first_seen():
    record = described(user())

    assert (record.account_id, record.rights_since) == (ACCOUNT, NOW)
