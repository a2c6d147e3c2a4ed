from rolecall.checks.privilege.inline_policies_on_roles import inline_policies_on_roles
from tests.builders import account, held, role, user


def evidence_for(*roles, **fields):
    return inline_policies_on_roles.judge(account(roles=roles, **fields), {})


def test_tells_of_all_roles_with_the_same_text_in_one_finding():
    [evidence] = evidence_for(*(role(name, policies=[held()]) for name in ("b", "a")))

    assert evidence.summary == "2 roles have an inline policy that another role has word for word"
    assert evidence.data == {"roles": ["a", "b"], "role_count": 2}


def test_counts_the_texts():
    both = [held("s3:GetObject", name="read"), held("s3:PutObject", name="write")]

    [evidence] = evidence_for(role("a", policies=both), role("b", policies=both))

    assert evidence.summary.startswith("2 roles have 2 inline policies that")


def test_accepts_a_policy_that_belongs_to_one_role():
    own = [held("s3:GetObject", f"arn:aws:s3:::{name}/*") for name in ("a", "b")]

    assert not evidence_for(role("a", policies=own[:1]), role("b", policies=own[1:]))


def test_accepts_managed_policies_and_users():
    managed = held(arn="arn:aws:iam::111122223333:policy/one")
    users = tuple(user(name, policies=(held(),)) for name in ("alice", "bob"))

    assert not evidence_for(*(role(n, policies=[managed]) for n in ("a", "b")), users=users)


def test_leaves_identity_center_alone():
    path = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com"
    lent = [role(name, arn=f"{path}/{name}", policies=(held(),)) for name in ("a", "b")]

    assert not evidence_for(*lent)
