from rolecall.checks.privilege.inline_policies_on_roles import inline_policies_on_roles
from tests.builders import account, held, role, user


def evidence_for(*roles, **fields):
    return inline_policies_on_roles.judge(account(roles=roles, **fields), {})


def test_tells_of_all_roles_in_one_finding():
    [evidence] = evidence_for(*(role(name, policies=[held()]) for name in ("b", "a")))

    assert evidence.summary == "2 roles have inline policies"
    assert evidence.data == {"roles": ["a", "b"], "role_count": 2}


def test_accepts_managed_policies_and_users():
    managed = held(arn="arn:aws:iam::111122223333:policy/one")

    assert not evidence_for(role(policies=[managed]), users=(user(policies=(held(),)),))


def test_leaves_identity_center_alone():
    lent = role("Lent", arn="arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/Lent")

    assert not evidence_for(type(lent)(**{**fields_of(lent), "policies": (held(),)}))


def fields_of(each):
    return {"name": each.name, "arn": each.arn, "created_at": each.created_at, "trust": each.trust}
