from rolecall.checks.trust.everybody_but_trust import everybody_but_trust
from tests.builders import ACCOUNT, account, role, trust_of


def test_finds_a_policy_that_names_whom_it_keeps_out():
    trust = trust_of({"AWS": ACCOUNT})
    trust["Statement"][0]["NotPrincipal"] = trust["Statement"][0].pop("Principal")

    [evidence] = everybody_but_trust.judge(account(roles=[role(trust=trust)]), {})

    assert evidence.summary == f"role deploy trusts everybody but AWS:{ACCOUNT}"


def test_leaves_a_deny_for_everybody_else_alone():
    trust = trust_of({"AWS": ACCOUNT}, effect="Deny")
    trust["Statement"][0]["NotPrincipal"] = trust["Statement"][0].pop("Principal")

    assert not everybody_but_trust.judge(account(roles=[role(trust=trust)]), {})
