"""When IAM's things were made and last used: a clock to set for seeding, and facts to state."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

from dataclasses import dataclass
from datetime import UTC, datetime

from demo.embedded_aws.emulator import Untyped, iam, replaces, responses, sts


@dataclass(frozen=True, slots=True)
class Use:
    """The last use of a key, a password or a role."""

    at: str
    service: str
    region: str


@dataclass(slots=True)
class Clock:
    """The time that IAM writes into what it makes; None is the real time."""

    now: str | None = None


clock = Clock()
_uses: dict[tuple[str, str, str], Use] = {}


def last_use(kind: str, name: str) -> Use | None:
    """Return the last use of a `key`, `password` or `role` of the account in scope."""
    return _uses.get((responses.get_account_id(), kind, name))


def state_use(account: str, kind: str, name: str, use: Use) -> None:
    """State when a `key`, `password` or `role` was last used."""
    _uses[account, kind, name] = use


def note_use(access_key_id: str, service: str, region: str) -> None:
    """Note that a call was signed with a key, so the key or its role is in use."""
    account = responses.get_account_id()
    use = Use(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), service, region)
    session = sts._sessions.get(access_key_id)
    if session and ":assumed-role/" in session["Arn"]:
        state_use(account, "role", session["Arn"].split("/")[1], use)
    elif access_key_id in iam._access_keys:
        state_use(account, "key", access_key_id, use)


@replaces(iam, "_now")
def _now(original: Untyped) -> str:
    return clock.now or str(original())


@replaces(iam, "_get_access_key_last_used")
def _access_key_last_used(original: Untyped, parameters: Untyped) -> Untyped:
    status, headers, body = original(parameters)
    use = last_use("key", iam._p(parameters, "AccessKeyId"))
    if use:
        never = b"<Region>N/A</Region><ServiceName>N/A</ServiceName>"
        body = body.replace(never, _used_xml(use).encode())
    return status, headers, body


def _used_xml(use: Use) -> str:
    return (
        f"<LastUsedDate>{use.at}</LastUsedDate>"
        f"<Region>{use.region}</Region><ServiceName>{use.service}</ServiceName>"
    )


@replaces(iam, "_user_xml")
def _user_xml(original: Untyped, name: str, boundary: bool = True) -> str:  # noqa: FBT001, FBT002 - MiniStack's signature
    use = last_use("password", name)
    used = f"<PasswordLastUsed>{use.at}</PasswordLastUsed>" if use else ""
    return str(original(name, boundary)) + used


@replaces(iam, "_role_xml")
def _role_xml(original: Untyped, name: str, boundary: bool = True) -> str:  # noqa: FBT001, FBT002 - MiniStack's signature
    # GetRole tells the last use, ListRoles does not; nor does it tell the boundary.
    return str(original(name, boundary)) + (role_last_used_xml(name) if boundary else "")


def role_last_used_xml(name: str) -> str:
    """Return the element RoleLastUsed, which is empty for a role that was never used."""
    use = last_use("role", name)
    inner = f"<LastUsedDate>{use.at}</LastUsedDate><Region>{use.region}</Region>" if use else ""
    return f"<RoleLastUsed>{inner}</RoleLastUsed>"


@replaces(iam, "_create_access_key")
def _create_access_key(original: Untyped, parameters: Untyped) -> Untyped:
    name = iam._p(parameters, "UserName")
    owned = [key for key in iam._access_keys.values() if key["UserName"] == name]
    if name in iam._users and len(owned) >= 2:  # noqa: PLR2004 - the quota of AWS
        message = "Cannot exceed quota for AccessKeysPerUser: 2"
        return iam._error(409, "LimitExceeded", message)
    return original(parameters)


@replaces(iam, "_update_login_profile")
def _update_login_profile(original: Untyped, parameters: Untyped) -> Untyped:
    profile = iam._login_profiles.get(iam._p(parameters, "UserName"))
    if profile and iam._p(parameters, "Password"):
        profile["PasswordLastChanged"] = iam._now()
    return original(parameters)
