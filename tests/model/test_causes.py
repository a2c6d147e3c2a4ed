import pytest

from rolecall.checks.privilege.allow_by_exclusion import allow_by_exclusion
from rolecall.checks.privilege.assume_any_role import assume_any_role
from rolecall.checks.privilege.decrypt_with_all_keys import decrypt_with_all_keys
from rolecall.checks.privilege.identity_administration import identity_administration
from rolecall.checks.privilege.pass_any_role import pass_any_role
from rolecall.checks.privilege.privilege_escalation import privilege_escalation
from rolecall.checks.privilege.sensitive_rights import sensitive_rights
from rolecall.checks.privilege.write_on_everything import write_on_everything
from rolecall.model.principals import HeldPolicy, PolicyKind
from rolecall.policy import Policy
from tests.builders import account, group, held, role, trust_of, user

WEAKER = (
    allow_by_exclusion,
    assume_any_role,
    decrypt_with_all_keys,
    identity_administration,
    pass_any_role,
    sensitive_rights,
    write_on_everything,
)
ESCALATES = "iam:PutUserPolicy"
RIGHTS = ["iam:CreateUser", "iam:PassRole", "sts:AssumeRole", "kms:Decrypt", "s3:*"]


def told_of(*users, roles=(), groups=()):
    snapshot = account(*users, roles=roles, groups=groups)
    return [check.id for check in WEAKER if check.judge(snapshot, {})]


def escalates(*users):
    return bool(list(privilege_escalation.judge(account(*users), {})))


def with_not_action(*actions):
    statement = {"Effect": "Allow", "NotAction": list(actions), "Resource": "*"}
    return HeldPolicy("rest", PolicyKind.INLINE, Policy.parse({"Statement": statement}))


def test_an_administrator_is_told_once():
    assert told_of(user(policies=(held("*"), held(RIGHTS)))) == []


def test_a_statement_by_which_somebody_escalates_is_told_once():
    actor = user(policies=(held([*RIGHTS, ESCALATES]),))

    assert escalates(actor)
    assert told_of(actor) == []


def test_what_another_statement_gives_is_told_beside_the_escalation():
    actor = user(policies=(held(ESCALATES, name="one"), held("kms:Decrypt", name="two")))

    assert escalates(actor)
    assert told_of(actor) == ["decrypt-with-all-keys"]


def test_an_escalation_under_conditions_silences_nobody():
    with_mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    actor = user(policies=(held([ESCALATES, "kms:Decrypt"], Condition=with_mfa),))

    assert escalates(actor)
    assert told_of(actor) == ["decrypt-with-all-keys"]


def test_an_allow_by_exclusion_is_told_once():
    actor = user(policies=(with_not_action("iam:*"),))

    assert told_of(actor) == ["allow-by-exclusion"]


def test_an_allow_by_exclusion_by_which_somebody_escalates_is_the_escalation():
    actor = user(policies=(with_not_action("iam:Create*", "iam:Update*"),))

    assert escalates(actor)
    assert told_of(actor) == []


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        ((), ["assume-any-role"]),
        ((role("admin", policies=(held("*"),), trust=trust_of({"AWS": "111122223333"})),), []),
    ],
    ids=["nowhere", "to an administrator"],
)
def test_the_right_to_assume_every_role_is_told_by_where_it_leads(roles, told):
    assert told_of(user(policies=(held("sts:AssumeRole"),)), roles=roles) == told


def test_a_group_is_told_while_one_of_its_members_does_not_escalate_by_it():
    by_group = held([ESCALATES, "kms:Decrypt"], group="staff")
    staff = group("staff", policies=(held([ESCALATES, "kms:Decrypt"]),), members=("ann", "bob"))
    no_policies = held(ESCALATES, effect="Deny", name="no-policies")
    ann = user("ann", policies=(by_group,), groups=("staff",))
    bob = user("bob", policies=(by_group, no_policies), groups=("staff",))

    assert told_of(ann, groups=(staff,)) == []
    assert told_of(ann, bob, groups=(staff,)) == ["decrypt-with-all-keys"]
