from rolecall.checks.users.deny_without_effect import deny_without_effect
from rolecall.model.principals import PolicyKind
from tests.builders import ACCOUNT, account, group, held, role, user

GROUP = f"arn:aws:iam::{ACCOUNT}:group/interns"
USERS = f"arn:aws:iam::{ACCOUNT}:user/interns/*"


def evidence_for(*args, effect="Deny"):
    policy = held(*args, name="fence", effect=effect)
    return deny_without_effect.judge(account(groups=(group("interns", policies=(policy,)),)), {})


def test_flags_a_deny_of_what_only_users_can_do_on_a_group():
    [evidence] = evidence_for(["iam:CreateAccessKey", "iam:ChangePassword"], GROUP)

    assert evidence.summary == (
        "inline policy fence denies iam:ChangePassword, iam:CreateAccessKey on a group,"
        " which denies it to none of its users"
    )


def test_accepts_a_deny_of_what_is_done_to_groups():
    assert not evidence_for("iam:AddUserToGroup", GROUP)
    assert not evidence_for("iam:*", GROUP)


def test_tells_only_of_the_actions_without_effect():
    [evidence] = evidence_for(["iam:DeleteGroup", "iam:DeleteLoginProfile"], GROUP)

    assert evidence.data["actions"] == ["iam:DeleteLoginProfile"]


def test_accepts_a_deny_on_the_users():
    assert not evidence_for("iam:CreateAccessKey", USERS)
    assert not evidence_for("iam:CreateAccessKey", [GROUP, USERS])
    assert not evidence_for("iam:CreateAccessKey", "*")


def test_ignores_an_allow():
    assert not evidence_for("iam:CreateAccessKey", GROUP, effect="Allow")


def test_tells_of_a_managed_policy_once_however_many_hold_it():
    arn = f"arn:aws:iam::{ACCOUNT}:policy/fence"
    fence = held(
        "iam:CreateAccessKey",
        GROUP,
        effect="Deny",
        name="fence",
        arn=arn,
        kind=PolicyKind.CUSTOMER_MANAGED,
    )
    snapshot = account(
        user(policies=(fence,)),
        groups=(group(policies=(fence,)),),
        roles=[role(policies=(fence,))],
    )

    [evidence] = deny_without_effect.judge(snapshot, {})

    assert evidence.resource.arn == arn


def test_tells_of_a_groups_policy_once_however_many_users_inherit_it():
    fence = {"name": "fence", "effect": "Deny"}
    of_group = held("iam:CreateAccessKey", GROUP, **fence)
    inherited = held("iam:CreateAccessKey", GROUP, group="interns", **fence)
    interns = group("interns", policies=(of_group,), members=("alice",))

    [evidence] = deny_without_effect.judge(
        account(user(policies=(inherited,)), groups=(interns,)), {}
    )

    assert evidence.resource.type == "AwsIamGroup"
