"""What a finding says of somebody from outside: who, on what terms, and how sure it is."""

from collections.abc import Mapping

from rolecall.model.admission.outsiders import Access, Kind
from rolecall.model.admission.words import conditions_in_words
from rolecall.model.commands import change_trust, show_trust
from rolecall.model.evidence import Evidence, Json
from rolecall.model.principals import Role
from rolecall.model.severity import Severity
from rolecall.model.vendors import vendor_of

_LONGEST = 400
"""Characters of a condition that a finding tells: a thousand accounts are in the policy itself."""


def account_in_words(account_id: str) -> str:
    """Name an account, and its owner where that is public."""
    vendor = vendor_of(account_id)
    return f"account {account_id} ({vendor.name})" if vendor else f"account {account_id}"


def outsider_in_words(access: Access) -> str:
    """Name who gets in."""
    match access.kind:
        case Kind.PUBLIC:
            return "anyone in any AWS account"
        case Kind.ACCOUNT:
            return account_in_words(access.outsider)
        case Kind.ORGANIZATION:
            return f"any account of organization {access.outsider}"
        case Kind.OIDC if access.tokens:
            return f"{access.tokens.subject.words} ({access.tokens.issuer.name})"
        case Kind.SAML:
            return f"users of the SAML provider {access.outsider.rpartition('/')[2]}"
        case _:
            return "holders of certificates of the account's Roles Anywhere trust anchors"


def terms_in_words(access: Access) -> str:
    """Say on what terms, in brackets; that there are none, where there are none."""
    terms = _terms(access)
    return f" ({', '.join(terms)})" if terms else " without any condition"


def _terms(access: Access) -> list[str]:
    """Return what the statement demands, and what a Deny that can be escaped is about."""
    asked = access.passage.party.conditions
    denied = [term.condition for term in access.passage.terms if term.condition not in asked]
    words = [
        *conditions_in_words(asked),
        *dict.fromkeys(f"denied where {condition}" for condition in denied),
    ]
    return [text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..." for text in words]


def told(access: Access, summary: str, data: Mapping[str, Json] | None = None) -> Evidence:
    """Return the evidence of a way in, with its verdict and the commands that change it."""
    passage = access.passage
    blocked = f"; {passage.blocked_by} takes it away" if passage.blocked_by else ""
    return Evidence(
        resource=access.role.resource,
        summary=summary + blocked,
        principal=access.role.arn,
        commands=trust_commands(access.role),
        data={
            "outsider": access.outsider,
            "statement": passage.party.label,
            "principal": str(passage.party.principal),
            "conditions": _terms(access),
            "blocked_by": passage.blocked_by or None,
            **(data or {}),
        },
        verdict=passage.verdict,
        occasion=access.outsider,
    )


def severity_of(access: Access, severity: Severity) -> Severity:
    """Return the severity to begin with: what something else takes away is only information."""
    return Severity.INFORMATIONAL if access.passage.blocked_by else severity


def weighed(access: Access) -> Role | None:
    """Return the role whose rights count: none where nobody gets in."""
    return None if access.passage.blocked_by else access.role


def trust_commands(role: Role) -> tuple[str, str]:
    """Return the commands that show whom a role trusts, and change it."""
    return show_trust(role.name), change_trust(role.name)
