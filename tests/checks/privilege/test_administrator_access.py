from rolecall.checks.privilege.administrator_access import administrator_access
from rolecall.model.organization import Guardrails
from rolecall.model.principals import PolicyKind
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import account, document, held, role, trust_of, user

ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess"


def evidence_for(*policies, **fields):
    return administrator_access.judge(account(user("alice", policies=policies, **fields)), {})


def test_flags_an_inline_administrator_policy():
    [evidence] = evidence_for(held("*", "*", name="everything"))

    assert evidence.summary == "user alice is an administrator through inline policy everything"
    assert evidence.commands == (
        "aws iam delete-user-policy --user-name alice --policy-name everything",
    )


def test_flags_a_managed_administrator_policy():
    managed = held(
        "*", kind=PolicyKind.AWS_MANAGED, name="AdministratorAccess", arn=ADMINISTRATOR_ACCESS
    )

    [evidence] = evidence_for(managed)

    assert evidence.commands == (
        f"aws iam detach-user-policy --user-name alice --policy-arn {ADMINISTRATOR_ACCESS}",
    )


def test_flags_an_administrator_through_a_group_and_names_the_group():
    inherited = held("*", kind=PolicyKind.CUSTOMER_MANAGED, name="all", arn="arn:x", group="admins")

    [evidence] = evidence_for(inherited)

    assert evidence.summary.endswith("customer managed policy all of group admins")
    assert evidence.commands == (
        "aws iam detach-group-policy --group-name admins --policy-arn arn:x",
    )


def test_flags_rights_that_are_split_over_two_policies():
    [evidence] = evidence_for(
        held(["iam:Attach*", "iam:Put*"], name="one"),
        held(["iam:Create*", "iam:Update*"], name="two"),
    )

    assert evidence.summary.endswith("its policies taken together")


def test_flags_whoever_may_change_what_anybody_may_do():
    assert evidence_for(held("iam:*"))


def test_keeps_as_information_what_a_deny_in_another_policy_blocks():
    [evidence] = evidence_for(held("*"), held("iam:*", name="no-iam", effect="Deny"))

    assert evidence.severity is Severity.INFORMATIONAL
    assert evidence.verdict == "blocked"
    assert evidence.summary == (
        "user alice would be an administrator through inline policy policy,"
        " were it not for a Deny in policy no-iam"
    )
    assert not evidence.commands


def test_keeps_as_information_what_a_boundary_blocks():
    limits = Policy.parse(document("s3:*"), name="tight")

    [evidence] = evidence_for(held("*"), boundary=limits)

    assert evidence.verdict == "blocked"
    assert evidence.data["blocked_by"] == ["permissions boundary tight"]


def test_keeps_as_information_what_the_organization_blocks():
    everything = Policy.parse(document("*"), name="FullAWSAccess")
    no_iam = Policy.parse(document("iam:*", effect="Deny"), name="no-iam")
    guarded = account(
        user("alice", policies=(held("*"),)),
        guardrails=Guardrails(scps=((everything,), (everything, no_iam))),
    )

    [evidence] = administrator_access.judge(guarded, {})

    assert evidence.data["blocked_by"] == ["service control policy no-iam"]


def test_a_guardrail_against_keys_alone_makes_no_administrator_harmless():
    [evidence] = evidence_for(held("*"), held("iam:CreateAccessKey", effect="Deny"))

    assert evidence.verdict == "granted"
    assert evidence.severity is Severity.CRITICAL


def test_knows_an_administrator_by_all_but_a_single_action():
    [evidence] = evidence_for(held_not_action("iam:CreateAccessKey"))

    assert evidence.verdict == "granted"


def test_knows_an_administrator_whose_guardrails_leave_one_way_only_by_conditions():
    with_mfa = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}

    [evidence] = evidence_for(held("*"), held("iam:*", effect="Deny", Condition=with_mfa))

    assert evidence.verdict == "conditional"


def test_sees_through_a_boundary_that_allows_everything():
    assert evidence_for(held("*"), boundary=Policy.parse(document("*")))


def test_accepts_a_right_to_everything_on_some_resources():
    assert not evidence_for(held("*", "arn:aws:s3:::reports/*"))


def test_sees_everything_of_the_own_account_as_everything():
    assert evidence_for(held("iam:*", "arn:aws:iam::111122223333:*"))
    assert not evidence_for(held("iam:*", "arn:aws:iam::444455556666:*"))


def test_grades_a_right_that_holds_under_conditions_lower_and_names_them():
    with_mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}

    [evidence] = evidence_for(held("*", Condition=with_mfa))

    assert evidence.verdict == "conditional"
    assert evidence.severity is Severity.HIGH
    assert evidence.data["conditions"] == ["Bool aws:MultiFactorAuthPresent = true"]


def test_accepts_a_condition_that_no_request_to_iam_can_meet():
    by_storage = {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}

    assert not evidence_for(held("*", Condition=by_storage))


def test_names_the_builds_that_run_as_the_role():
    issuer = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
    document = trust_of({"Federated": issuer})
    document["Statement"][0]["Action"] = "sts:AssumeRoleWithWebIdentity"
    builds = role("ci", policies=[held("*")], trust=document)

    [evidence] = administrator_access.judge(account(roles=[builds]), {})

    assert evidence.summary.endswith("builds run as it (token.actions.githubusercontent.com)")


def test_reads_a_not_action_as_everything_else():
    assert evidence_for(held_not_action("s3:*"))
    assert not evidence_for(held_not_action("iam:*"))


def held_not_action(action):
    statement = {"Effect": "Allow", "NotAction": action, "Resource": "*"}
    return held().__class__("rest", PolicyKind.INLINE, Policy.parse({"Statement": statement}))


def test_holds_roles_to_the_same_standard_but_users_are_worse():
    on_role = administrator_access.judge(account(roles=[role("ci", policies=[held("*")])]), {})
    on_user = evidence_for(held("*"))

    assert [each.severity for each in (*on_role, *on_user)] == [Severity.HIGH, Severity.CRITICAL]


def test_grades_roles_of_identity_center_low():
    path = "role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef"
    from_center = role(
        "AWSReservedSSO_Admin_0123456789abcdef",
        arn=f"arn:aws:iam::111122223333:{path}",
        policies=[held("*")],
    )

    [evidence] = administrator_access.judge(account(roles=[from_center]), {})

    assert evidence.severity is Severity.LOW


def test_ignores_service_linked_roles():
    path = "role/aws-service-role/ops.example.amazonaws.com/AWSServiceRoleForExample"
    linked = role(
        "AWSServiceRoleForExample", arn=f"arn:aws:iam::111122223333:{path}", policies=[held("*")]
    )

    assert not administrator_access.judge(account(roles=[linked]), {})


def test_ignores_known_administrators():
    known = role("break-glass", policies=[held("*")])

    assert not administrator_access.judge(
        account(roles=[known]), {"known_administrators": (known.arn,)}
    )


def test_knows_administrators_of_every_account_by_a_pattern():
    known = role("OrganizationAccountAccessRole", policies=[held("*")])

    assert not administrator_access.judge(
        account(roles=[known]),
        {"known_administrators": ("arn:aws:iam::*:role/OrganizationAccountAccessRole",)},
    )
