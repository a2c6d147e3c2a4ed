from rolecall.checks.trust.unnamed_foreign_account import unnamed_foreign_account
from tests.builders import FOREIGN, HUB, account, role, trust_of

DATADOG = "464622532012"


def evidence_for(*foreign, **parameters):
    roles = [role(f"role-{i}", trust=trust_of({"AWS": each})) for i, each in enumerate(foreign)]
    return unnamed_foreign_account.judge(account(roles=roles), parameters)


def test_tells_an_account_once_with_all_its_roles():
    [evidence] = evidence_for(FOREIGN, FOREIGN)

    assert evidence.summary == (
        f"nobody knows whose account {FOREIGN} is; roles that trust it: role-0, role-1"
    )
    assert evidence.resource.arn == f"arn:aws:iam::{FOREIGN}:root"


def test_knows_vendors_and_the_organization():
    assert not evidence_for(DATADOG, HUB)


def test_accepts_accounts_that_somebody_put_a_name_to():
    assert not evidence_for(FOREIGN, known_accounts=(f"{FOREIGN} Payroll",))
