"""The parts of an account as AWS answered them, before anybody understands them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rolecall.model.account import Gap
from rolecall.model.completeness import Completeness, Part
from rolecall.model.organization import Organization, People
from rolecall.services.read_policies import Detail


@dataclass(frozen=True, slots=True)
class CredentialReport:
    """The credential report as IAM gives it."""

    text: str
    generated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAccount:
    """The parts of an account as they came.

    A Gap stands for one that did not come, None for one that nobody asked for.
    """

    id: str
    partition: str = "aws"
    taken_at: datetime
    as_of: datetime | None = None
    """The moment to judge at, where it is not the one at which the parts were read."""
    details: Sequence[Detail] | Gap | None = None
    """All pages of GetAccountAuthorizationDetails."""
    report: CredentialReport | Gap | None = None
    access_keys: Mapping[str, Sequence[Detail]] = field(default_factory=dict)
    """User name -> AccessKeyMetadata of all pages of ListAccessKeys, where it was asked for."""
    answers: Mapping[Part, Any] = field(default_factory=dict)
    """The other parts that came; None where AWS says that there is none."""
    organization: Organization | None = None
    organization_policies: Mapping[str, Any] | None = None
    """The policies in force by level, where they are given and not to be found out."""
    people: People | None = None
    states: Mapping[Part, Completeness] = field(default_factory=dict)
    """What became of parts that did not come."""
    gaps: tuple[Gap, ...] = ()
    """What else could not be read."""
    other: Mapping[str, Any] = field(default_factory=dict)
    """What a snapshot file holds beside all this, kept as it is."""

    def gap(self, part: Part) -> Gap | None:
        """Return the gap that a part left of which only its state is known."""
        state = self.states.get(part)
        return Gap(part, state.call, state.reason) if state and state.is_gap else None
