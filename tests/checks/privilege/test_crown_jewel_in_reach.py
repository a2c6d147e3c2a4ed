from rolecall.checks.privilege.crown_jewel_in_reach import crown_jewel_in_reach
from rolecall.model.severity import Severity
from rolecall.services.join import join
from tests.builders import ACCOUNT, HUB, account, held, role, trust_of, user

TRUST = trust_of({"AWS": f"arn:aws:iam::{ACCOUNT}:root"})
PAYROLL = role("payroll", trust=TRUST)
ALICE = user("alice", policies=(held("sts:AssumeRole", PAYROLL.arn),))
JEWELS = {"principals": (f"arn:aws:iam::{ACCOUNT}:role/pay*",)}


def evidence_of(*users, expected=(), **fields):
    given = {**JEWELS, "expected": expected}
    return list(crown_jewel_in_reach.judge(account(*users, **fields), given))


def test_tells_who_can_become_a_crown_jewel_and_how():
    [evidence] = evidence_of(ALICE, user("bob"), roles=[PAYROLL])

    assert evidence.principal == ALICE.arn
    assert "user alice can become the crown jewel role payroll: 1. " in evidence.summary
    assert (evidence.severity, evidence.verdict) == (Severity.HIGH, "granted")


def test_tells_of_chains_over_others():
    middle = role("middle", trust=TRUST, policies=(held("sts:AssumeRole", PAYROLL.arn),))
    carol = user("carol", policies=(held("sts:AssumeRole", middle.arn),))

    evidence = evidence_of(carol, roles=[middle, PAYROLL])

    assert {each.principal: len(each.data["steps"]) for each in evidence} == {
        carol.arn: 2,
        middle.arn: 1,
    }


def test_is_silent_on_whoever_is_expected_is_one_or_can_do_anything():
    boss = user("boss", policies=(held("*"),))

    assert evidence_of(ALICE, boss, roles=[PAYROLL], expected=("arn:*:user/ali*",)) == []


def test_nothing_is_a_crown_jewel_unless_it_is_declared():
    assert list(crown_jewel_in_reach.judge(account(ALICE, roles=[PAYROLL]), {})) == []


def test_finds_a_crown_jewel_in_another_account_that_was_read_too():
    there = role("payroll", arn=f"arn:aws:iam::{HUB}:role/payroll", trust=TRUST)
    alice = user("alice", policies=(held("sts:AssumeRole", there.arn),))
    here, _ = join([account(alice), account(id=HUB, roles=[there])])

    [evidence] = crown_jewel_in_reach.judge(here, {"principals": (there.arn,)})

    assert f"crown jewel role payroll of account {HUB}" in evidence.summary
