from rolecall.checks.account.account_without_guardrails import account_without_guardrails
from rolecall.model.organization import Guardrails, Organization
from rolecall.policy import Policy
from tests.builders import ACCOUNT, HUB, account, document

FULL = Policy.parse(document(), name="FullAWSAccess")
GUARDED = [
    "organizations:LeaveOrganization",
    "cloudtrail:*",
    "guardduty:*",
    "config:*",
    "iam:CreateUser",
    "iam:CreateAccessKey",
]
READER = f"arn:aws:iam::{ACCOUNT}:role/rolecall-reader"
ROOT = {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}


def deny(*args, **statement):
    return Policy.parse(document(*args, effect="Deny", **statement), name="guard")


ALL = (deny(GUARDED), deny("iam:*", READER), deny("*", Condition=ROOT))


def evidence_for(*guards, scps=None, parameters=None, **fields):
    levels = scps or ((FULL,), (FULL, *guards))
    snapshot = account(**{"guardrails": Guardrails(scps=levels), **fields})
    return account_without_guardrails.judge(snapshot, parameters or {})


def test_flags_an_account_that_nothing_guards_in_one_finding():
    [evidence] = evidence_for()

    assert evidence.data["missing"] == [
        "leave-organization",
        "stop-trail",
        "stop-guardduty",
        "stop-config",
        "create-user",
        "change-reader",
        "use-root",
    ]
    assert evidence.verdict == "granted"


def test_accepts_an_account_with_every_guard():
    assert not evidence_for(*ALL)


def test_names_only_what_is_missing():
    [evidence] = evidence_for(deny(GUARDED[:4]), *ALL[1:])

    assert evidence.summary == (
        "no service control policy keeps administrators of account 111122223333 from this:"
        " make IAM users and their keys"
    )


def test_a_guard_at_any_level_counts():
    assert not evidence_for(scps=((FULL, *ALL), (FULL,)))


def test_a_level_that_allows_little_is_a_guard():
    little = Policy.parse(document("s3:*"), name="s3 only")

    assert not evidence_for(scps=((FULL,), (little,)))


def test_a_guard_that_excepts_a_role_counts():
    excepting = {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/break-glass"}}

    assert not evidence_for(deny(GUARDED, Condition=excepting), *ALL[1:])


def test_forbidding_the_root_user_guards_nothing_else():
    [evidence] = evidence_for(ALL[2])

    assert "use-root" not in evidence.data["missing"]
    assert len(evidence.data["missing"]) == 6


def test_wants_a_guard_against_other_regions_where_regions_are_named():
    regions = {"allowed_regions": ("eu-west-1",)}
    outside = {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1"]}}

    [evidence] = evidence_for(*ALL, parameters=regions)

    assert evidence.data["missing"] == ["other-regions"]
    assert not evidence_for(*ALL, deny("*", Condition=outside), parameters=regions)


def test_does_not_judge_the_management_account():
    ruled_from_here = Organization(
        "o-exampleorgid", frozenset({ACCOUNT, HUB}), management_account_id=ACCOUNT
    )

    assert not evidence_for(organization=ruled_from_here)


def test_leaves_it_to_the_rule_of_policy_types_where_no_such_policies_are_in_force():
    assert not evidence_for(guardrails=Guardrails())


def test_follows_the_configured_guards():
    [evidence] = evidence_for(parameters={"wanted_guards": ("stop-trail",)})

    assert evidence.data["missing"] == ["stop-trail"]
