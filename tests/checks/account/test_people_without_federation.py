from rolecall.checks.account.people_without_federation import people_without_federation
from rolecall.model.account_settings import IdentityProvider, ProviderKind
from tests.builders import ACCOUNT, access_key, account, password, role, user

SSO = f"arn:aws:iam::{ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Reader_0123"


def evidence_for(*, of=None, **fields):
    return people_without_federation.judge(account(of or user(password=password()), **fields), {})


def test_flags_people_who_have_no_other_way_in():
    [evidence] = evidence_for(roles=[role()])

    assert evidence.summary.startswith("people sign in to account 111122223333 as IAM users")


def test_accepts_an_identity_provider():
    arn = f"arn:aws:iam::{ACCOUNT}:saml-provider/okta"

    assert not evidence_for(identity_providers=(IdentityProvider(arn=arn, kind=ProviderKind.SAML),))


def test_accepts_a_role_of_identity_center():
    assert not evidence_for(roles=[role("AWSReservedSSO_Reader_0123", arn=SSO)])


def test_ignores_an_account_of_programs_alone():
    assert not evidence_for(of=user(keys=[access_key()]))
