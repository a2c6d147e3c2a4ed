import pytest

from rolecall.services.simulate import answer

ALICE = "arn:aws:iam::111122223333:user/alice"
ALLOW = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
DENY = {"Sid": "Never", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}
WITH_MFA = {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def row(request=None, **policies):
    asked = {"principal": ALICE, "action": "s3:GetObject", "resource": "arn:aws:s3:::a/b"}
    return {"id": "row-1", "request": asked | (request or {}), "policies": policies}


def test_an_allowed_request_tells_the_statement_that_allowed_it():
    found = answer(row(identity=[document(ALLOW)]))

    assert found == {
        "id": "row-1",
        "decision": "Allow",
        "detail": "Allow",
        "decided_by": [{"layer": "identity", "policy": "identity", "statement": "statement 1"}],
        "blocked_by": [],
        "remaining": [],
    }


@pytest.mark.parametrize(
    ("policies", "detail", "blocked_by"),
    [
        ({"identity": [document(ALLOW), document(DENY)]}, "ExplicitDeny", ["identity"]),
        ({"identity": []}, "ImplicitDeny", ["identity"]),
        ({"identity": [document(ALLOW)], "boundary": []}, "ImplicitDeny", ["boundary"]),
        (
            {"identity": [document(ALLOW)], "boundary": [document()] * 2},
            "ImplicitDeny",
            ["boundary"],
        ),
        ({"identity": [document(ALLOW)], "session": document()}, "ImplicitDeny", ["session"]),
        ({"identity": [document(ALLOW)], "endpoint": document()}, "ImplicitDeny", ["endpoint"]),
        (
            {
                "identity": [document(ALLOW)],
                "scp": [
                    {"target": "root", "policies": [document(ALLOW)]},
                    {"target": "ou", "policies": []},
                ],
            },
            "ImplicitDeny",
            ["scp"],
        ),
        (
            {
                "identity": [document(ALLOW)],
                "rcp": [{"target": "root", "policies": [document(ALLOW, DENY)]}],
            },
            "ExplicitDeny",
            ["rcp"],
        ),
        (
            {"identity": [document(ALLOW)], "resource": document({**DENY, "Principal": "*"})},
            "ExplicitDeny",
            ["resource"],
        ),
    ],
)
def test_a_denied_request_tells_what_blocked_it(policies, detail, blocked_by):
    found = answer(row(**policies))

    assert (found["decision"], found["detail"]) == ("Deny", detail)
    assert found["blocked_by"] == blocked_by


def test_a_complete_context_leaves_nothing_open():
    found = answer(row(identity=[document(ALLOW | WITH_MFA)]))

    assert found["detail"] == "ImplicitDeny"


def test_an_incomplete_context_leaves_conditions_open():
    asked = {"context_is_complete": False}

    found = answer(row(asked, identity=[document(ALLOW | WITH_MFA)]))

    assert (found["decision"], found["detail"]) == ("Deny", "Conditional")
    [remaining] = found["remaining"]
    assert remaining.startswith("Allowed by statement 1 of the identity-based policy identity if ")
    assert remaining.endswith(" if Bool aws:MultiFactorAuthPresent = true.")


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ([], "the row has no request"),
        ({"request": {"principal": "*", "action": "s3:*"}}, "the row has no policies"),
        (row({"context": "none"}), "the context of the request must be an object"),
        (row({"resource": ["*"]}), "the request has no resource"),
        ({"request": {"action": "s3:*"}, "policies": {}}, "the request has no principal"),
        (row(identity=[{"Statement": {"Effect": "Allow"}}]), "statement 0, Action: is missing"),
        (row(scp=[{"policies": []}]), "scp has a level without target"),
        (row(scp=[{"target": "root"}]), "scp root has no policies"),
        (row(scp={"target": "root"}), "scp must be a list of levels"),
    ],
)
def test_a_row_that_cannot_be_read_is_denied_and_says_why(broken, problem):
    found = answer(broken)

    assert found["decision"] == "Deny"
    assert problem in found["error"]
