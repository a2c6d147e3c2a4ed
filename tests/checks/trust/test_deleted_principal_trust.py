import pytest

from rolecall.checks.trust.deleted_principal_trust import deleted_principal_trust
from tests.builders import ACCOUNT, FOREIGN, account, role, trust_of


@pytest.mark.parametrize("unique_id", ["AIDACKCEVSQ6C2EXAMPLE", "AROACKCEVSQ6C2EXAMPLE"])
def test_finds_the_id_of_a_deleted_principal(unique_id):
    trusting = role(trust=trust_of({"AWS": [ACCOUNT, unique_id]}))

    [evidence] = deleted_principal_trust.judge(account(roles=[trusting]), {})

    assert evidence.summary == f"role deploy trusts {unique_id}, a principal that was deleted"


def test_tells_each_id_once():
    trust = trust_of({"AWS": "AIDACKCEVSQ6C2EXAMPLE"})
    trust["Statement"] *= 2

    assert len(deleted_principal_trust.judge(account(roles=[role(trust=trust)]), {})) == 1


@pytest.mark.parametrize("principal", ["*", FOREIGN, f"arn:aws:iam::{ACCOUNT}:role/AIDA"])
def test_leaves_living_principals_alone(principal):
    trusting = role(trust=trust_of({"AWS": principal}))

    assert not deleted_principal_trust.judge(account(roles=[trusting]), {})
