from rolecall.checks.privilege.escalation_over_several_hops import escalation_over_several_hops
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, account, held, role, trust_of, user

ROOT = trust_of({"AWS": f"arn:aws:iam::{ACCOUNT}:root"})
ADMIN = role("admin", trust=ROOT, policies=(held("*"),))


def evidence_of(*users, **fields):
    return list(escalation_over_several_hops.judge(account(*users, **fields), {}))


def test_tells_every_step_of_a_chain():
    middle = role("middle", trust=ROOT, policies=(held("sts:AssumeRole", ADMIN.arn),))
    alice = user("alice", policies=(held("sts:AssumeRole", middle.arn),))

    [evidence] = evidence_of(alice, roles=[middle, ADMIN])

    assert evidence.principal == alice.arn
    assert [step["target"] for step in evidence.data["steps"]] == [middle.arn, ADMIN.arn]
    assert evidence.severity is Severity.HIGH


def test_leaves_single_steps_to_another_rule():
    alice = user("alice", policies=(held("sts:AssumeRole", ADMIN.arn),))

    assert evidence_of(alice, roles=[ADMIN]) == []
