"""What one cause changed: the users and roles that may do more or less, and the calls behind it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rolecall.model.actor import IDENTITY_CENTER_ROLE
from rolecall.model.evidence import Json, Resource
from rolecall.model.kept_change import KeptChange, latest
from rolecall.model.principal_record import PrincipalRecord
from rolecall.model.provenance import CLOUDFORMATION
from rolecall.model.rights_change import RightsChange
from rolecall.model.rights_words import NAMED, severity_of_gain, subject
from rolecall.model.timestamps import format_time

_TYPES = {"user": "AwsIamUser", "role": "AwsIamRole", "group": "AwsIamGroup"}
UNSEEN = "No event was seen for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionChange:
    """Users and roles of one account whose rights changed for one cause."""

    account_id: str
    partition: str
    principals: tuple[RightsChange, ...]
    """Those that gained the gravest come first; at least one."""
    causes: tuple[KeptChange, ...] = ()
    """The calls that touched them since the last look, the latest first; empty: none was seen."""
    since: datetime
    """When the account was last looked at before."""

    @property
    def resource(self) -> Resource:
        """What was changed: the principal, the group or policy of several, or else the account."""
        if len(self.principals) == 1:
            return self.resource_of(self.principals[0].after)
        touched = {each for cause in self.causes for each in cause.touched}
        kind, _, name = next(iter(touched)).partition("/") if len(touched) == 1 else ("", "", "")
        if kind == "policy":
            return Resource("AwsIamPolicy", name)
        if kind in _TYPES:
            arn = f"arn:{self.partition}:iam::{self.account_id}:{kind}/{name}"
            return Resource(_TYPES[kind], arn)
        return Resource("AwsAccount", f"arn:{self.partition}:iam::{self.account_id}:root")

    @staticmethod
    def resource_of(record: PrincipalRecord) -> Resource:
        """Return the principal itself as a resource."""
        return Resource(_TYPES[record.kind], record.arn)

    @property
    def principal(self) -> str | None:
        """ARN of the principal, where it is one."""
        return self.principals[0].after.arn if len(self.principals) == 1 else None

    @property
    def occasion(self) -> str:
        """Tell it from other changes: who, and since when; not by events, which may come late."""
        arns = sorted(each.after.arn for each in self.principals)
        return " ".join([format_time(self.since), *arns])

    @property
    def others(self) -> str:
        """Name or count those whose rights changed with the first's, not always by as much."""
        others = [subject(each.after) for each in self.principals[1:]]
        if not others:
            return ""
        return f"; {others[0] if len(others) == 1 else f'{len(others)} others'} changed with it"

    @property
    def made_by(self) -> str:
        """Say in sentences who made the change, the latest call first."""
        if not self.causes:
            return f"{UNSEEN}{self._past_its_code}"
        first, *others = self.causes
        calls = ", ".join(dict.fromkeys(each.name for each in others))
        before = f"; before it {calls}" if others else ""
        return f"{first}{before}{self._past_its_code}"

    @property
    def _past_its_code(self) -> str:
        """Name the code that describes the principal, unless code alone is known to have done it.

        A stack changes what is its own itself; a pipeline of another kind is not told apart.
        """
        code = self.principals[0].after.code
        if not code or (self.causes and not any(is_past(each, code) for each in self.causes)):
            return ""
        saying = ", which did not do this" if self.causes else ""
        return f". It belongs to {code}{saying}"

    def data(self) -> Mapping[str, Json]:
        """Return the facts for machines that every finding about it has."""
        latest_call = self.causes[0].facts() if self.causes else {}
        return {
            **latest_call,
            "code": self.principals[0].after.code,
            "creator": self.principals[0].after.creator,
            "principals": [each.after.arn for each in self.principals[:NAMED]],
            "principal_count": len(self.principals),
            "events": [each.document() for each in self.causes[:NAMED]],
            "event_count": len(self.causes),
            "since": format_time(self.since),
        }


def is_past(cause: KeptChange, code: str) -> bool:
    """Tell whether a call was made past the code that describes what it touched."""
    return cause.tool != CLOUDFORMATION if code.startswith(CLOUDFORMATION) else not cause.tool


def fold(
    changes: Iterable[RightsChange],
    kept: Sequence[KeptChange],
    since: datetime,
    *,
    partition: str,
) -> Iterator[PermissionChange]:
    """Yield one change for each cause: for the calls that touched the same principals.

    Principals that no call touched are told together where the same became of them.
    """
    groups: defaultdict[object, list[RightsChange]] = defaultdict(list)
    causes: dict[object, tuple[KeptChange, ...]] = {}
    for change in changes:
        own = latest(_causes(change, kept))
        # Who gains is not told together with who loses, by whatever both were touched.
        key = (change.is_gain, tuple(each.event_id for each in own) or _effect(change))
        groups[key].append(change)
        causes[key] = own
    for cause, members in groups.items():
        gravest_first = sorted(members, key=_gravest_first)
        yield PermissionChange(
            account_id=gravest_first[0].after.account_id,
            partition=partition,
            principals=tuple(gravest_first),
            causes=causes[cause],
            since=since,
        )


def _causes(change: RightsChange, kept: Sequence[KeptChange]) -> list[KeptChange]:
    """Return the calls about the principal, or about whom it can become, or about guardrails."""
    own = [each for each in kept if each.touches(change.after, change.before)]
    if IDENTITY_CENTER_ROLE in change.after.arn:
        return _behind_provisioning(kept) or own
    if own:
        return own
    of_goal = [each for each in kept if each.touches_goal_of(change.after, change.before)]
    if of_goal or change.is_new:
        return of_goal
    return [each for each in kept if each.touches_account(change.after.account_id)]


def _behind_provisioning(kept: Sequence[KeptChange]) -> list[KeptChange]:
    """Return the calls at Identity Center about the permission set whose role was provisioned.

    They name it by an ARN that its roles do not show: where several were changed since the last
    look, nobody can say whose role it is, and nobody is named.
    """
    about = [each for each in kept if each.permission_set]
    return about if len({each.permission_set for each in about}) == 1 else []


def _effect(change: RightsChange) -> object:
    """Return what became of the principal, whoever it is."""
    return (
        (change.gained, change.widened, change.lost, change.narrowed),
        (change.let_in, change.kept_out, change.is_new, change.after.rank),
    )


def _gravest_first(change: RightsChange) -> tuple[bool, int, int, str]:
    weight = severity_of_gain(change)
    gained = len(change.gained) + len(change.widened)
    return not change.is_gain, -weight, -gained, change.after.arn
