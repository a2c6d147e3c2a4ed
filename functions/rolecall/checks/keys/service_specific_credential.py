"""Passwords and API keys for one service alone: CodeCommit, Keyspaces, Bedrock and others."""

# Longer than 60 lines because the users that the Bedrock console makes outlive their keys.

from collections.abc import Iterator, Mapping
from datetime import timedelta

from rolecall.model.account import Account
from rolecall.model.commands import aws, switch_off
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence, Json
from rolecall.model.forgotten import forgotten_facts
from rolecall.model.gravity import RIGHTS, Fact, graded
from rolecall.model.other_credentials import ServiceSpecificCredential
from rolecall.model.principals import User
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time

_PHANTOM = "BedrockAPIKey-"
"""How the names of the users begin that the Bedrock console makes, one for each API key."""
_BEDROCK = "bedrock.amazonaws.com"
_SET_UP = timedelta(hours=1)
"""So long after its user at the latest the key is made, too."""


@Check(
    id="service-specific-credential",
    title="No service has credentials of its own",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.SERVICE_SPECIFIC_CREDENTIALS}),
    weighs=RIGHTS | {Part.CREDENTIAL_REPORT},
    remediation=(
        "Use what the service takes from a role instead: short-term API keys or a role for Bedrock,"
        " git-remote-codecommit for CodeCommit, the SigV4 plugin for Keyspaces. Deactivate the"
        " credential, wait for somebody to miss it, and delete it, and the user made for it."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html",
        "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-how.html",
    ),
)
def service_specific_credential(account: Account, *, max_age_days: int = 90) -> Iterator[Evidence]:
    """A credential that the credential report does not list is one that nobody rotates.

    It is LOW while it is young and MEDIUM past `max_age_days`; a Bedrock API key that never expires
    counts one step more. A user that the Bedrock console made for a key is told when the key is
    gone or deactivated and the user is still there; what else opens it makes that worse.
    """
    for user in account.users:
        usable = [each for each in user.service_specific_credentials if _works(account, each)]
        for each in usable:
            is_old = account.is_older_than(each.created_at, max_age_days)
            base = Severity.MEDIUM if is_old else Severity.LOW
            known = forgotten_facts(account, user, each.service.partition(".")[0], max_age_days)
            evidence = _evidence(user, each, known)
            yield graded(evidence, base, account, user, *_facts(each))
        is_set_up = account.taken_at - user.created_at > _SET_UP
        if user.name.startswith(_PHANTOM) and not usable and is_set_up:
            is_open = bool(user.credentials and any(user.credentials.usable))
            door = Fact("it has a console password or an active access key", int(is_open))
            yield graded(_left_over(account, user), Severity.LOW, account, user, door)


def _has_ended(account: Account, each: ServiceSpecificCredential) -> bool:
    return each.expires_at is not None and each.expires_at <= account.taken_at


def _works(account: Account, each: ServiceSpecificCredential) -> bool:
    return each.is_active and not _has_ended(account, each)


def _facts(each: ServiceSpecificCredential) -> Iterator[Fact]:
    if each.service == _BEDROCK and each.expires_at is None:
        yield Fact("the API key never expires", 1)


def _evidence(user: User, each: ServiceSpecificCredential, known: Mapping[str, Json]) -> Evidence:
    made_for_it = ", for which the user was made" if user.name.startswith(_PHANTOM) else ""
    end = f" and works until {format_day(each.expires_at)}" if each.expires_at else ""
    return Evidence(
        resource=user.resource,
        summary=f"{user} has the {each}{made_for_it}; it dates from"
        f" {format_day(each.created_at)}{end}",
        principal=user.arn,
        commands=switch_off(
            "iam update-service-specific-credential",
            user_name=user.name,
            service_specific_credential_id=each.id,
        ),
        data={
            "credential_id": each.id,
            "service": each.service,
            "created_at": format_time(each.created_at),
            "expires_at": format_time(each.expires_at) if each.expires_at else None,
            **known,
        },
        occasion=each.occasion,
    )


def _left_over(account: Account, user: User) -> Evidence:
    kept = [e for e in user.service_specific_credentials if not _has_ended(account, e)]
    key = "is deactivated and can be activated again" if kept else "works no more"
    return Evidence(
        resource=user.resource,
        summary=f"{user} was made for a Bedrock API key that {key}, and is still there",
        principal=user.arn,
        commands=(
            aws("iam list-service-specific-credentials", user_name=user.name),
            aws("iam list-attached-user-policies", user_name=user.name),
        ),
        data={"created_at": format_time(user.created_at)},
        occasion="left over",
    )
