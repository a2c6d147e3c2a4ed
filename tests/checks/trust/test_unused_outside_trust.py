import pytest

from rolecall.checks.trust.unused_outside_trust import unused_outside_trust
from rolecall.model.credentials import UNKNOWN_USE
from tests.builders import ACCOUNT, FOREIGN, account, days_ago, last_use, role, trust_of

EKS = "oidc.eks.eu-west-1.amazonaws.com/id/0A"


def evidence_for(*, used, days_old=500, principal=FOREIGN, **parameters):
    use = UNKNOWN_USE if used == "unknown" else last_use(used)
    trusting = role(
        "vendor",
        trust=trust_of({"AWS": principal} if isinstance(principal, str) else principal),
        created_at=days_ago(days_old),
        last_use=use,
    )
    return unused_outside_trust.judge(account(roles=[trusting]), parameters)


def test_flags_a_role_that_no_outsider_used_for_long():
    [evidence] = evidence_for(used=200)

    assert evidence.summary == (
        f"role vendor of {days_ago(500).date()}, open to account {FOREIGN},"
        f" was last used on {days_ago(200).date()}"
    )


@pytest.mark.parametrize("used", [None, 91])
def test_flags_what_was_never_used_or_long_ago(used):
    assert evidence_for(used=used)


@pytest.mark.parametrize("used", [90, 0, "unknown"])
def test_leaves_alone_what_is_used_and_what_nobody_knows(used):
    assert not evidence_for(used=used)


def test_gives_a_new_role_time():
    assert not evidence_for(used=None, days_old=30)


@pytest.mark.parametrize(
    "principal",
    [
        ACCOUNT,
        {"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/people"},
        {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{EKS}"},
    ],
)
def test_leaves_ones_own_sign_in_and_clusters_to_others(principal):
    assert not evidence_for(used=200, principal=principal)


def test_counts_issuers_that_serve_everybody():
    github = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"

    assert evidence_for(used=200, principal={"Federated": github})


def test_can_be_told_how_long_is_long():
    assert not evidence_for(used=200, max_unused_days=365)
