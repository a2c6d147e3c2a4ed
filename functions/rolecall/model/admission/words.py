"""The terms of a trust policy in words."""

from collections.abc import Iterable, Mapping

from rolecall.model.admission.terms import holds_without
from rolecall.policy import Condition


def conditions_in_words(conditions: Iterable[Condition]) -> list[str]:
    """Say what each condition demands; values of external ids are not told."""
    return list(dict.fromkeys(map(_words, conditions)))


def _words(condition: Condition) -> str:
    key = condition.folded_key
    is_negated = "Not" in condition.operator and condition.operator != "Null"
    values = " or ".join(condition.values)
    if condition.operator == "Null":
        return "with any external id" if key == "sts:externalid" else str(condition)
    if key == "sts:externalid":
        return "with any external id" if holds_without(condition) else "with an external id"
    if key == "aws:multifactorauthpresent" and condition.values == ("false",):
        return "in a session without MFA"
    if key == "aws:multifactorauthpresent" and not is_negated:
        return (
            "with MFA, unless the key of the caller is a lasting one"
            if (holds_without(condition))
            else "with MFA"
        )
    phrase = _PHRASES.get(key)
    if phrase is None:
        return str(condition)
    said = f"{'not ' if is_negated else ''}{phrase} {values}"
    return f"{said}, where that is known" if condition.if_exists else said


_PHRASES: Mapping[str, str] = {
    "aws:multifactorauthage": "with MFA no older than (seconds)",
    "aws:principalaccount": "from account",
    "aws:principalarn": "as",
    "aws:principalorgid": "from organization",
    "aws:principalorgpaths": "from the organizational unit",
    "aws:sourceaccount": "through a service for account",
    "aws:sourceowner": "through a service for account",
    "aws:sourcearn": "through a service for",
    "aws:sourceorgid": "through a service for organization",
    "aws:sourceip": "from the addresses",
    "aws:sourcevpc": "from",
    "aws:sourcevpce": "through the endpoint",
    "aws:calledvia": "on the way through",
    "aws:calledviafirst": "on the way through",
    "aws:calledvialast": "on the way through",
    "sts:rolesessionname": "under the session name",
    "saml:aud": "through a sign-in at",
}
