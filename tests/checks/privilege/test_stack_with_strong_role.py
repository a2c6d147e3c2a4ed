from rolecall.checks.privilege.stack_with_strong_role import stack_with_strong_role
from tests.builders import account, held, role, trust_of, user

STACKS = trust_of({"Service": "cloudformation.amazonaws.com"})
UPDATER = user("alice", policies=(held("cloudformation:UpdateStack"),))


def evidence_of(*users, **fields):
    return list(stack_with_strong_role.judge(account(*users, **fields), {}))


def test_tells_who_updates_stacks_of_administrators():
    [evidence] = evidence_of(UPDATER, roles=[role(trust=STACKS, policies=(held("*"),))])

    assert evidence.data["steps"][0]["path"] == "cloudformation-002"
    assert evidence.data["depends_on"] == ["a stack with the role"]


def test_is_silent_where_the_roles_of_stacks_lead_nowhere():
    assert evidence_of(UPDATER, roles=[role(trust=STACKS, policies=(held("s3:*"),))]) == []
