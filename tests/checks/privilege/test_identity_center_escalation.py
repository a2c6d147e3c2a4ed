from rolecall.checks.privilege.identity_center_escalation import identity_center_escalation
from tests.builders import account, held, user


def evidence_of(*actions):
    alice = user("alice", policies=(held(list(actions)),))
    return list(identity_center_escalation.judge(account(alice), {}))


def test_tells_who_assigns_itself_a_permission_set():
    [evidence] = evidence_of("sso:CreateAccountAssignment")

    assert "Identity Center, administered from this account" in evidence.data["depends_on"][0]
    assert evidence.verdict == "conditional"


def test_is_silent_about_who_only_reads():
    assert evidence_of("sso:List*", "sso:Describe*") == []
