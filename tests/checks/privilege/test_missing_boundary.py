from rolecall.checks.privilege.missing_boundary import missing_boundary
from rolecall.policy import Policy
from tests.builders import account, document, role, user

TIGHT = Policy.parse(document("s3:*"), name="tight")


def evidence_for(principal, boundaries=("tight",)):
    return missing_boundary.judge(account(principal), {"boundaries": boundaries})


def test_flags_whoever_has_no_boundary():
    [evidence] = evidence_for(user("alice"))

    assert evidence.summary == "user alice has no boundary, not tight"
    assert evidence.data["boundary"] is None


def test_flags_another_boundary_than_the_required():
    [evidence] = evidence_for(user("alice", boundary=TIGHT), boundaries=("developer", "operator"))

    assert evidence.summary == "user alice has the boundary tight, not developer or operator"


def test_accepts_the_required_boundary_and_any_under_a_star():
    assert not evidence_for(user(boundary=TIGHT))
    assert not evidence_for(user(boundary=TIGHT), boundaries=("*",))


def test_leaves_roles_of_services_alone():
    path = "role/aws-service-role/x.amazonaws.com/Linked"
    linked = role("Linked", arn=f"arn:aws:iam::111122223333:{path}")

    assert not missing_boundary.judge(account(roles=[linked]), {"boundaries": ("*",)})


def test_requires_nothing_by_itself():
    assert not evidence_for(user(), boundaries=())
