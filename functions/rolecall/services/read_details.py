"""The answer of GetAccountAuthorizationDetails becomes users, groups and roles.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rolecall.model.account import Gap
from rolecall.model.credentials import UNKNOWN_USE, LastUse, Use, unused_on_record
from rolecall.model.managed_policies import ManagedPolicy
from rolecall.model.principals import Group, Role, User
from rolecall.model.timestamps import parse_time
from rolecall.policy import Policy
from rolecall.services.read_policies import Detail, Holdings, PolicyReader

_ROLE_USE_TRACKED_DAYS = 400
"""https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html"""

_USERS, _GROUPS, _ROLES = "UserDetailList", "GroupDetailList", "RoleDetailList"
_POLICIES = "Policies"


@dataclass(frozen=True, slots=True)
class Details:
    """The principals of an account, and what of them could not be read."""

    users: tuple[User, ...]
    groups: tuple[Group, ...]
    roles: tuple[Role, ...]
    managed_policies: tuple[ManagedPolicy, ...]
    gaps: tuple[Gap, ...]


def read_details(pages: Iterable[Detail], taken_at: datetime) -> Details:
    """Read all pages of the answer, documents decoded or not, times as datetime or text.

    A policy that cannot be read is a gap and a mark on everyone who holds it. Raises KeyError,
    TypeError, ValueError or AttributeError when the pages are not an answer of this call.
    """
    entities = _by_arn(pages)
    reader = PolicyReader(entities[_POLICIES])
    details = {each["GroupName"]: each for each in entities[_GROUPS].values()}
    groups = {
        name: reader.holdings(f"group {name}", each.get("GroupPolicyList", ()), each)
        for name, each in details.items()
    }
    inherited = {name: held.inherited_from(name) for name, held in groups.items()}
    users = [_user(each, reader, inherited) for each in entities[_USERS].values()]
    members = _members(users)
    roles = [_role(each, reader, taken_at) for each in entities[_ROLES].values()]
    return Details(
        users=tuple(users),
        groups=tuple(_group(each, groups[name], members[name]) for name, each in details.items()),
        roles=tuple(roles),
        managed_policies=tuple(reader.customer_managed()),
        gaps=tuple(reader.gaps()),
    )


def moment(value: datetime | str) -> datetime:
    """Read a time as boto3 gives it, or as the AWS command line prints it."""
    return parse_time(value) if isinstance(value, str) else value.astimezone(UTC)


def _by_arn(pages: Iterable[Detail]) -> dict[str, dict[str, Detail]]:
    """Collect what is on the pages; what comes twice, because it changed meanwhile, counts once."""
    entities: dict[str, dict[str, Detail]] = {
        kind: {} for kind in (_USERS, _GROUPS, _ROLES, _POLICIES)
    }
    for page in pages:
        for kind, found in entities.items():
            found.update({_text(each, "Arn"): each for each in page.get(kind, ())})
    return entities


def _text(detail: Detail, key: str) -> str:
    value = detail[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} should be text, it is {value!r}")
    return value


def _user(detail: Detail, reader: PolicyReader, inherited: Mapping[str, Holdings]) -> User:
    name = _text(detail, "UserName")
    holder = f"user {name}"
    memberships = tuple(detail.get("GroupList", ()))
    own = reader.holdings(holder, detail.get("UserPolicyList", ()), detail)
    of_groups = [_inherited(group, inherited, reader, holder) for group in memberships]
    boundary, unread_boundary = reader.boundary(holder, detail)
    all_held = [own, *of_groups]
    return User(
        name=name,
        arn=detail["Arn"],
        created_at=moment(detail["CreateDate"]),
        policies=tuple(policy for each in all_held for policy in each.policies),
        boundary=boundary,
        tags=_tags(detail),
        unread=(*(policy for each in all_held for policy in each.unread), *unread_boundary),
        groups=memberships,
    )


def _role(detail: Detail, reader: PolicyReader, taken_at: datetime) -> Role:
    name = _text(detail, "RoleName")
    holder = f"role {name}"
    own = reader.holdings(holder, detail.get("RolePolicyList", ()), detail)
    boundary, unread_boundary = reader.boundary(holder, detail)
    trust_name = f"trust policy of {holder}"
    trust = reader.document(trust_name, detail, "AssumeRolePolicyDocument", trust_name)
    created_at = moment(detail["CreateDate"])
    return Role(
        name=name,
        arn=detail["Arn"],
        created_at=created_at,
        policies=own.policies,
        boundary=boundary,
        tags=_tags(detail),
        unread=(*own.unread, *unread_boundary, *(() if trust else (trust_name,))),
        trust=trust or Policy(trust_name),
        last_use=_last_use(detail, created_at, taken_at),
    )


def _inherited(
    group: str, inherited: Mapping[str, Holdings], reader: PolicyReader, holder: str
) -> Holdings:
    if group in inherited:
        return inherited[group]
    reader.miss(f"group {group}", "it is not in the answer", holder)
    return Holdings((), (f"group {group}",))


def _members(users: Iterable[User]) -> Mapping[str, Sequence[str]]:
    """Return the names of the users in each group."""
    members: dict[str, list[str]] = defaultdict(list)
    for user in users:
        for group in dict.fromkeys(user.groups):
            members[group].append(user.name)
    return members


def _group(detail: Detail, held: Holdings, members: Sequence[str]) -> Group:
    name = _text(detail, "GroupName")
    return Group(
        name=name,
        arn=detail["Arn"],
        policies=held.policies,
        members=tuple(members),
        unread=held.unread,
    )


def _tags(detail: Detail) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in detail.get("Tags", ())}


def _last_use(detail: Detail, created_at: datetime, taken_at: datetime) -> LastUse:
    """Read when a role was last used; IAM forgets what is more than 400 days ago."""
    last = detail.get("RoleLastUsed")
    if last is None:
        return UNKNOWN_USE
    if last.get("LastUsedDate"):
        return LastUse(Use.USED, moment(last["LastUsedDate"]), region=last.get("Region", ""))
    return unused_on_record(created_at, taken_at - timedelta(days=_ROLE_USE_TRACKED_DAYS))
