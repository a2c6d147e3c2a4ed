"""The parts of a snapshot beside policies and credential report, each understood on its own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rolecall.model.completeness import Completeness, Part, State
from rolecall.model.organization import Guardrails
from rolecall.model.principals import User
from rolecall.policy import PolicyError
from rolecall.services.guardrails import guardrails_of, read_guardrails
from rolecall.services.raw_account import RawAccount
from rolecall.services.read_credentials import (
    with_mfa_devices,
    with_service_specific_credentials,
    with_ssh_keys,
)
from rolecall.services.read_settings import (
    read_certificates,
    read_contacts,
    read_password_policy,
    read_providers,
    read_service_access,
)

_OF_THE_ACCOUNT: Mapping[Part, tuple[str, Callable[[Any], Any]]] = {
    Part.PASSWORD_POLICY: ("password_policy", read_password_policy),
    Part.ACCOUNT_SUMMARY: ("summary", dict),
    Part.CONTACTS: ("contacts", read_contacts),
    Part.IDENTITY_PROVIDERS: ("identity_providers", read_providers),
    Part.SERVER_CERTIFICATES: ("server_certificates", read_certificates),
    Part.SERVICE_LAST_ACCESSED: ("service_last_accessed", read_service_access),
}
"""Which field of the account a part becomes, and what reads it."""

_OF_USERS: Mapping[Part, Callable[[list[User], Any], None]] = {
    Part.MFA_DEVICES: with_mfa_devices,
    Part.SSH_KEYS: with_ssh_keys,
    Part.SERVICE_SPECIFIC_CREDENTIALS: with_service_specific_credentials,
}

NONSENSE = (KeyError, TypeError, ValueError, AttributeError)
"""What reading an answer raises that is not as AWS documents it."""


@dataclass(frozen=True, slots=True)
class OtherParts:
    """What the parts say; of one that makes no sense, why."""

    users: tuple[User, ...]
    fields: Mapping[str, Any]
    """Fields of the account."""
    failures: Mapping[Part, Completeness] = field(default_factory=dict)


def read_other_parts(raw: RawAccount, users: Iterable[User]) -> OtherParts:
    """Read whatever came; a part that makes no sense spoils no other."""
    completed = list(users)
    fields: dict[str, Any] = {}
    failures: dict[Part, Completeness] = {}
    for part, answer in raw.answers.items():
        try:
            if part in _OF_USERS:
                _OF_USERS[part](completed, answer)
            elif part in _OF_THE_ACCOUNT:
                name, read = _OF_THE_ACCOUNT[part]
                fields[name] = read(answer)
        except NONSENSE as error:
            failures[part] = nonsense(error)
    try:
        fields["guardrails"] = _guardrails(raw)
    except (*NONSENSE, PolicyError) as error:
        failures[Part.ORGANIZATION_POLICIES] = nonsense(error)
    return OtherParts(tuple(completed), fields, failures)


def _guardrails(raw: RawAccount) -> Guardrails:
    if raw.organization_policies is not None:
        return read_guardrails(raw.organization_policies)
    if raw.organization is not None:
        return guardrails_of(raw.organization, raw.id)
    return Guardrails()


def nonsense(error: Exception) -> Completeness:
    """Return that a part came and could not be understood."""
    reason = f"the answer makes no sense: {type(error).__name__}: {error}"
    return Completeness(State.FAILED, reason)
