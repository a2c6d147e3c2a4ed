from rolecall.checks.trust.unused_identity_provider import unused_identity_provider
from rolecall.model.account_settings import IdentityProvider, ProviderKind
from tests.builders import ACCOUNT, account, role, trust_of

ARN = f"arn:aws:iam::{ACCOUNT}:saml-provider/"


def evidence_for(name="people", trusted="people"):
    provider = IdentityProvider(arn=ARN + name, kind=ProviderKind.SAML)
    trusting = role(trust=trust_of({"Federated": ARN + trusted}))
    return unused_identity_provider.judge(
        account(roles=[trusting], identity_providers=(provider,)), {}
    )


def test_flags_a_provider_that_no_role_trusts():
    [evidence] = evidence_for(name="old")

    assert evidence.summary == "no role trusts the SAML provider old"
    assert evidence.commands == (f"aws iam delete-saml-provider --saml-provider-arn {ARN}old",)


def test_accepts_a_provider_that_a_role_trusts():
    assert not evidence_for()


def test_leaves_identity_center_alone():
    assert not evidence_for(name="AWSSSO_0f1e2d3c_DO_NOT_DELETE")
