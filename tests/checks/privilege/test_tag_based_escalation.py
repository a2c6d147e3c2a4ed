import pytest

from rolecall.checks.privilege.tag_based_escalation import tag_based_escalation
from tests.builders import ACCOUNT, account, held, role, trust_of, user

TAGGED = {"StringEquals": {"aws:PrincipalTag/team": "ops"}}
ADMIN = role(
    "admin",
    trust=trust_of({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, TAGGED),
    policies=(held("*"),),
)
ASSUMES = held("sts:AssumeRole")


def evidence_of(*policies, **fields):
    alice = user("alice", policies=policies, **fields)
    return list(tag_based_escalation.judge(account(alice, roles=[ADMIN]), {}))


def test_tells_who_tags_itself_into_an_administrator():
    [evidence] = evidence_of(ASSUMES, held("iam:TagUser"))

    assert "can tag itself (team = ops) and then become an administrator" in evidence.summary


def test_is_silent_about_who_cannot_tag_itself():
    assert evidence_of(ASSUMES) == []
    assert evidence_of(ASSUMES, held("iam:TagUser", "*user/bob")) == []


def test_leaves_to_another_rule_who_has_the_tag_already():
    assert evidence_of(ASSUMES, held("iam:TagUser"), tags={"team": "ops"}) == []


CLOSED = role(
    "admin", trust=trust_of({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}), policies=(held("*"),)
)
TAGGED_ROLE = {"StringEquals": {"aws:ResourceTag/team": "ops"}}
SAME_TEAM = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}


def judged(*policies, target=CLOSED, others=(), **fields):
    alice = user("alice", policies=policies, **fields)
    return list(tag_based_escalation.judge(account(alice, roles=[target, *others]), {}))


def test_is_sure_of_tags_that_it_can_name():
    [evidence] = evidence_of(ASSUMES, held("iam:TagUser"))

    assert evidence.verdict == "granted"


def test_finds_the_tag_that_its_own_policy_asks_for():
    [evidence] = judged(held("iam:PutUserPolicy", Condition=TAGGED), held("iam:TagUser"))

    assert evidence.verdict == "granted"


def test_tells_who_tags_the_role_that_it_may_assume_by_its_tag():
    [evidence] = judged(held("sts:AssumeRole", Condition=TAGGED_ROLE), held("iam:TagRole"))

    assert evidence.summary.startswith("user alice can tag role admin (team = ops) and then become")
    assert evidence.verdict == "granted"


def test_tells_who_takes_off_the_tag_that_protects_a_role():
    protected = held("sts:*", effect="Deny", Condition={"StringEquals": {"aws:ResourceTag/p": "1"}})
    target = role("admin", trust=trust_of({"AWS": ACCOUNT}), policies=(held("*"),), tags={"p": "1"})

    [evidence] = judged(ASSUMES, protected, held("iam:TagRole"), target=target)

    assert "can tag role admin (p = other)" in evidence.summary


@pytest.mark.parametrize(
    "tagging",
    [
        held("iam:TagRole", f"arn:aws:iam::{ACCOUNT}:role/other"),
        held("iam:TagRole", Condition={"StringEquals": {"aws:RequestTag/team": "dev"}}),
        held("iam:TagRole", Condition={"ForAllValues:StringEquals": {"aws:TagKeys": "cost"}}),
        held("iam:TagUser"),
    ],
)
def test_is_silent_about_who_cannot_set_that_tag(tagging):
    assert judged(held("sts:AssumeRole", Condition=TAGGED_ROLE), tagging) == []


def test_says_what_decides_whether_the_tag_can_be_set():
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}

    [evidence] = judged(
        held("sts:AssumeRole", Condition=TAGGED_ROLE), held("iam:TagRole", Condition=mfa)
    )

    assert evidence.verdict == "conditional"
    assert "Bool aws:MultiFactorAuthPresent = true" in evidence.summary


def test_does_not_rely_on_tags_for_passing_roles():
    """AWS says that they limit who passes a role unreliably."""
    worker = role("worker", policies=(held("*"),))
    rights = held(["lambda:CreateFunction", "lambda:InvokeFunction", "iam:TagRole"])

    [evidence] = judged(rights, held("iam:PassRole", Condition=TAGGED_ROLE), target=worker)

    assert evidence.verdict == "conditional"


def test_tells_who_takes_the_tag_of_the_role_that_it_may_then_assume():
    assumes = held("sts:AssumeRole", Condition=SAME_TEAM)
    target = role(
        "admin", trust=trust_of({"AWS": ACCOUNT}), policies=(held("*"),), tags={"team": "ops"}
    )

    [evidence] = judged(assumes, held("iam:TagUser"), target=target, tags={"team": "dev"})

    assert "can tag itself (team = ops)" in evidence.summary
    assert judged(assumes, target=target, tags={"team": "dev"}) == []
