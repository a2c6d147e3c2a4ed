import pytest

from rolecall.checks.trust.roles_anywhere_trust import roles_anywhere_trust
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, account, held, role, trust_of

ANCHOR = f"arn:aws:rolesanywhere:eu-west-1:{ACCOUNT}:trust-anchor/0f1e2d3c"
SERVICE = {"Service": "rolesanywhere.amazonaws.com"}


def evidence_for(condition=None, principal=SERVICE):
    trusting = role(trust=trust_of(principal, condition), policies=(held("s3:GetObject"),))
    return roles_anywhere_trust.judge(account(roles=[trusting]), {})


def test_flags_a_role_for_any_trust_anchor():
    [evidence] = evidence_for({"StringEquals": {"aws:PrincipalTag/x509Subject/CN": "build"}})

    assert evidence.severity is Severity.MEDIUM
    assert "any trust anchor" in evidence.summary


def test_tells_of_a_role_for_any_certificate():
    [evidence] = evidence_for({"ArnEquals": {"aws:SourceArn": ANCHOR}})

    assert evidence.severity is Severity.LOW
    assert "any certificate" in evidence.summary


def test_does_not_count_a_subject_that_any_certificate_has():
    assert evidence_for(
        {
            "ArnEquals": {"aws:SourceArn": ANCHOR},
            "StringLike": {"aws:PrincipalTag/x509Subject/CN": "*"},
        }
    )


def test_accepts_an_anchor_with_a_subject():
    assert not evidence_for(
        {
            "ArnEquals": {"aws:SourceArn": ANCHOR},
            "StringEquals": {"aws:PrincipalTag/x509Subject/CN": "build"},
        }
    )


@pytest.mark.parametrize(
    "condition",
    [
        {"ArnLike": {"aws:SourceArn": f"arn:aws:rolesanywhere:*:{ACCOUNT}:trust-anchor/*"}},
        {"ArnEquals": {"aws:SourceArn": f"arn:aws:rolesanywhere:*:{ACCOUNT}:*"}},
        {"Null": {"aws:SourceArn": "false"}},
    ],
)
def test_does_not_count_a_source_that_every_anchor_of_the_account_is(condition):
    [evidence] = evidence_for(condition)

    assert "any trust anchor" in evidence.summary


def test_counts_an_anchor_of_which_only_the_region_is_open():
    [evidence] = evidence_for({"ArnLike": {"aws:SourceArn": ANCHOR.replace("eu-west-1", "*")}})

    assert "any certificate" in evidence.summary


def test_leaves_other_services_alone():
    assert not evidence_for(principal={"Service": "lambda.amazonaws.com"})
