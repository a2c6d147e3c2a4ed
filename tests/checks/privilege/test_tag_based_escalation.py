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

    assert "can tag itself and then become an administrator" in evidence.summary


def test_is_silent_about_who_cannot_tag_itself():
    assert evidence_of(ASSUMES) == []
    assert evidence_of(ASSUMES, held("iam:TagUser", "*user/bob")) == []


def test_leaves_to_another_rule_who_has_the_tag_already():
    assert evidence_of(ASSUMES, held("iam:TagUser"), tags={"team": "ops"}) == []
