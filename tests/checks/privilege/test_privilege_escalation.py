from rolecall.checks.privilege.privilege_escalation import privilege_escalation
from rolecall.model.organization import Guardrails
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import account, document, group, held, role, trust_of, user

EVERYTHING = held("*")


def evidence_of(*users, **fields):
    return list(privilege_escalation.judge(account(*users, **fields), {}))


def test_tells_how_a_principal_makes_itself_an_administrator():
    [evidence] = evidence_of(user("alice", policies=(held("iam:PutUserPolicy"),)))

    assert evidence.summary == (
        "user alice can become an administrator: 1. user alice writes an inline policy of the user"
        " that allows everything (iam:PutUserPolicy) and is an administrator"
    )
    assert evidence.severity is Severity.HIGH
    assert evidence.verdict == "granted"
    assert evidence.data["steps"][0]["path"] == "iam-007"


def test_grades_lower_what_depends_on_something_that_iam_does_not_show():
    worker = role(policies=(EVERYTHING,))

    [evidence] = evidence_of(user(policies=(held("lambda:UpdateFunctionCode"),)), roles=[worker])

    assert evidence.severity is Severity.MEDIUM
    assert evidence.verdict == "conditional"
    assert evidence.data["depends_on"] == ["a function with the role that something invokes"]


def test_names_the_condition_that_decides():
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}

    [evidence] = evidence_of(user(policies=(held("iam:PutUserPolicy", Condition=mfa),)))

    assert evidence.severity is Severity.LOW
    assert evidence.data["conditions"] == ["Bool aws:MultiFactorAuthPresent = true"]


def test_tells_who_can_only_make_others_administrators():
    staff = group("staff", members=("bob",))

    [evidence] = evidence_of(
        user("alice", policies=(held("iam:AttachGroupPolicy"),)), user("bob"), groups=[staff]
    )

    assert "can make user bob an administrator" in evidence.summary
    assert evidence.severity is Severity.MEDIUM


def test_tells_who_can_take_over_somebody_with_other_rights():
    worker = role(
        "reader",
        trust=trust_of({"Service": "glue.amazonaws.com"}),
        policies=(held("s3:GetObject", "arn:aws:s3:::payroll/*"),),
    )
    rights = held(["iam:PassRole", "glue:CreateDevEndpoint"])

    [evidence] = evidence_of(user(policies=(rights,)), roles=[worker])

    assert "can take over role reader and its rights, such as s3:GetObject" in evidence.summary
    assert evidence.severity is Severity.LOW


def test_keeps_as_information_what_only_a_boundary_prevents():
    boundary = Policy.parse(document("s3:*"))

    [evidence] = evidence_of(user(policies=(held("iam:PutUserPolicy"),), boundary=boundary))

    assert evidence.verdict == "blocked"
    assert evidence.severity is Severity.INFORMATIONAL
    assert evidence.data["blocked_by"] == ["boundary"]
    assert "but for its permissions boundary" in evidence.summary


def test_tells_of_rights_over_workloads_that_no_role_is_there_for_as_yet():
    [evidence] = evidence_of(user(policies=(held("glue:UpdateDevEndpoint"),)))

    assert "no role here trusts glue.amazonaws.com as yet" in evidence.summary
    assert evidence.severity is Severity.LOW


def test_is_silent_about_administrators_and_about_the_harmless():
    assert (
        evidence_of(
            user("boss", policies=(EVERYTHING,)), user("reader", policies=(held("s3:Get*"),))
        )
        == []
    )


def test_leaves_longer_chains_to_another_rule():
    worker = role(policies=(held("iam:PutUserPolicy"), held(["iam:CreateAccessKey"])))
    rights = held(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"])

    found = evidence_of(user("alice", policies=(rights,)), roles=[worker])

    assert [each.principal for each in found] == [worker.arn]


def test_a_guardrail_against_keys_alone_keeps_administrators_worth_reaching():
    no_keys = Policy.parse(document("iam:CreateAccessKey", effect="Deny"), name="no-keys")
    everything = Policy.parse(document("*"), name="FullAWSAccess")
    admin = role("admin", policies=(EVERYTHING,), trust=trust_of({"AWS": "111122223333"}))

    found = evidence_of(
        user("alice", policies=(held("iam:UpdateAssumeRolePolicy"),)),
        roles=[admin],
        guardrails=Guardrails(scps=((everything, no_keys),)),
    )

    assert [each.principal for each in found] == ["arn:aws:iam::111122223333:user/alice"]
