"""What tells where a user's credentials are used, and by whom: names, policies, passwords."""

import re
from collections.abc import Iterable, Iterator

from rolecall.model.account import Account
from rolecall.model.credentials import AccessKey, Password, Use
from rolecall.model.migration import Way
from rolecall.model.principals import User
from rolecall.model.timestamps import format_day

_UNUSED_DAYS = 90

_OIDC_HOSTS = {
    "github": "token.actions.githubusercontent.com",
    "gitlab": "gitlab.com",
    "bitbucket": "api.bitbucket.org/2.0/workspaces/WORKSPACE/pipelines-config/identity/oidc",
    "circleci": "oidc.circleci.com/org/ORGANIZATION_ID",
    "buildkite": "agent.buildkite.com",
    "terraform-cloud": "app.terraform.io",
    "tfc": "app.terraform.io",
    "spacelift": "NAME.app.spacelift.io",
}
"""Who runs programs and vouches for them by OIDC, by the word that names them."""
_COMPUTE = ("ec2", "ecs", "eks", "fargate", "lambda", "codebuild", "emr", "sagemaker")
_PREMISES = ("onprem", "on-prem", "datacenter", "vmware", "nas", "synology", "veeam")
_NETWORK_KEYS = ("aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn")


def way_of(account: Account, user: User) -> tuple[Way, str]:
    """Return what fits the user, and what tells so; the surest sign first."""
    usable = list(user.credentials.usable) if user.credentials else []
    if not usable:
        is_bedrock = any("bedrock" in key.service for key in user.service_specific_credentials)
        way = Way.SHORT_TERM_KEYS if is_bedrock else Way.UNKNOWN
        return way, "it has credentials for one service and no others"
    if is_unused(account, user):
        return Way.NOTHING, _last_use(usable)
    if person := _sign_of_person(account, user):
        return Way.IDENTITY_CENTER, person
    return _way_of_program(user)


def _way_of_program(user: User) -> tuple[Way, str]:
    if word := _first(_OIDC_HOSTS, user):
        return Way.OIDC, f"it is named after {word}, which vouches for its jobs by OIDC"
    if _is_held_to_a_vpc(user):
        return Way.COMPUTE_ROLE, "its policies name the VPC that its requests come from"
    if word := _first(_COMPUTE, user):
        return Way.COMPUTE_ROLE, f"it is named after {word}, which gives its programs a role"
    if word := _first(_PREMISES, user):
        return Way.ROLES_ANYWHERE, f"it is named after {word}, which is outside of AWS"
    return Way.UNKNOWN, "nothing tells where it runs: `rolecall keys prove` shows its networks"


def is_unused(account: Account, user: User) -> bool:
    """Tell whether every password and key of the user has lain idle for long.

    One that was made lately may still wait for its first use; one whose use is not known counts
    as used.
    """
    credentials = list(user.credentials.usable) if user.credentials else []
    since = [each.last_use.idle_since(each.made_at or user.created_at) for each in credentials]
    return bool(since) and all(at and account.is_older_than(at, _UNUSED_DAYS) for at in since)


def _last_use(usable: Iterable[Password | AccessKey]) -> str:
    used = [each.last_use.at for each in usable if each.last_use.at]
    return f"it was last used on {format_day(max(used))}" if used else "it was never used"


def is_person(account: Account, user: User) -> bool:
    """Tell whether a person is behind the user."""
    return bool(_sign_of_person(account, user))


def issuer_of(user: User) -> str:
    """Return the OIDC issuer of the host that the user is named after."""
    return _OIDC_HOSTS.get(_first(_OIDC_HOSTS, user), "ISSUER")


def active_keys_of(user: User) -> Iterator[AccessKey]:
    """Yield the access keys that work."""
    for each in user.credentials.usable if user.credentials else ():
        if isinstance(each, AccessKey):
            yield each


def _sign_of_person(account: Account, user: User) -> str:
    if "@" in user.name:
        return "it bears the e-mail address of a person"
    if account.people and account.people.find(user.name):
        return f"it bears the name of a person in {account.people.source or 'the list of people'}"
    password = user.credentials.password if user.credentials else None
    if password and (_may_have_signed_in(password) or not any(active_keys_of(user))):
        return "it has a console password"
    return ""


def _may_have_signed_in(password: Password) -> bool:
    return password.last_use.use is not Use.NEVER


def _first(words: Iterable[str], user: User) -> str:
    """Return the first of the words that the user's name, path or tags have; empty for none."""
    text = " ".join((user.name, user.path, *user.tags.values())).casefold()
    return next((w for w in words if re.search(rf"(?<![a-z0-9]){w}(?![a-z0-9])", text)), "")


def _is_held_to_a_vpc(user: User) -> bool:
    """Tell whether a policy of the user speaks of VPCs, where no machine outside of AWS is."""
    return any(
        condition.folded_key in _NETWORK_KEYS
        for held in user.policies
        for statement in held.policy.statements
        for condition in statement.conditions
    )
