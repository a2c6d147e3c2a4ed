"""Tokens of those who sign people and applications in."""

from rolecall.model.federation.issuer import Issuer
from rolecall.model.federation.subjects import Subject, Width, is_open


def _application(text: str) -> Subject:
    if is_open(text):
        return Subject(Width.EVERYBODY, "users of any application")
    return Subject(Width.ORGANIZATION, f"every user of the application {text}")


def _pool(text: str) -> Subject:
    if is_open(text):
        return Subject(Width.EVERYBODY, "identities of any pool, of anybody's account")
    return Subject(Width.ONE, f"identities of the pool {text}")


def _person(text: str) -> Subject:
    if is_open(text):
        return Subject(Width.EVERYBODY, f"whoever has an address like {text}")
    return Subject(Width.ONE, f"the user {text}")


def _tenant_member(text: str) -> Subject:
    if is_open(text):
        return Subject(Width.ORGANIZATION, "any application or user of the tenant")
    return Subject(Width.ONE, f"the application or user {text} of the tenant")


def _tenant_token(text: str) -> Subject:
    return Subject(
        Width.ORGANIZATION, f"any application or user of the tenant that gets a token for {text}"
    )


GOOGLE = Issuer(
    name="Google",
    hosts=("accounts.google.com",),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif",
    anybody="every Google account and every Google Cloud service account",
    claims={"aud": _application, "oaud": _application, "email": _person},
    has_client_ids=False,
)
FACEBOOK = Issuer(
    name="Facebook",
    hosts=("graph.facebook.com",),
    source=GOOGLE.source,
    anybody="every user of Facebook",
    claims={"app_id": _application},
    has_client_ids=False,
)
AMAZON = Issuer(
    name="Login with Amazon",
    hosts=("www.amazon.com",),
    source=GOOGLE.source,
    anybody="every customer of Amazon",
    claims={"app_id": _application},
    has_client_ids=False,
)
COGNITO = Issuer(
    name="Cognito identity pool",
    hosts=("cognito-identity.amazonaws.com", "cognito-identity-us-gov.amazonaws.com"),
    source="https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html",
    anybody="identities of any pool, of anybody's account",
    claims={"aud": _pool},
    has_client_ids=False,
)
AZURE = Issuer(
    name="Microsoft Entra ID",
    hosts=("sts.windows.net/*", "login.microsoftonline.com/*"),
    source="https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference",
    anybody="any application or user of the tenant",
    width=Width.ORGANIZATION,
    read=_tenant_member,
    claims={"aud": _tenant_token},
)
AUTH0 = Issuer(
    name="Auth0",
    hosts=("*.auth0.com", "*.auth0.com/"),
    source="https://auth0.com/docs/secure/tokens/id-tokens/id-token-structure",
    anybody="any user of the tenant",
    width=Width.ORGANIZATION,
)
OKTA = Issuer(
    name="Okta",
    hosts=("*.okta.com", "*.okta.com/*", "*.oktapreview.com*"),
    source="https://developer.okta.com/docs/api/openapi/okta-oauth/guides/overview/",
    anybody="any user or application of the tenant",
    width=Width.ORGANIZATION,
)
PEOPLE = (GOOGLE, FACEBOOK, AMAZON, COGNITO, AZURE, AUTH0, OKTA)
