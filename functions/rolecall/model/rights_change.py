"""What a principal may do and could not before, and the other way round: two records compared."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rolecall.model.kept_rights import KeptRights
from rolecall.model.principal_record import Escalation, PrincipalRecord, Rank, TrustTerm

_RANKS = (Rank.ORDINARY, Rank.ESCALATES, Rank.ADMINISTRATOR)
_NOT = "not "
"""How the terms of a Deny begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsChange:
    """What became of one user or role."""

    after: PrincipalRecord
    before: PrincipalRecord | None = None
    """None for a principal that is new: all that it has is gained."""
    gained: KeptRights = field(default_factory=KeptRights)
    """Actions that had not been possible at all."""
    widened: KeptRights = field(default_factory=KeptRights)
    """Actions that were possible, and are on more resources or under fewer conditions."""
    lost: KeptRights = field(default_factory=KeptRights)
    narrowed: KeptRights = field(default_factory=KeptRights)
    let_in: tuple[TrustTerm, ...] = ()
    """Who can newly assume the role, or on easier terms."""
    kept_out: tuple[TrustTerm, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the principal was made since the last look."""
        return self.before is None

    @property
    def is_administrator_now(self) -> bool:
        """Whether it is an administrator, and was none."""
        return self._rank_after is Rank.ADMINISTRATOR and self._rank_before is not self._rank_after

    @property
    def opened(self) -> Escalation | None:
        """The way to an administrator that is open now, where none was or only a less sure one."""
        found = self.after.escalation
        if self._rank_after is not Rank.ESCALATES or found is None or self.is_ranked_lower:
            return None
        before = self.before.escalation if self.before else None
        is_surer = before is None or (_is_sure(found) and not _is_sure(before))
        return found if is_surer else None

    @property
    def is_ranked_lower(self) -> bool:
        """Whether it was an administrator or could become one, and is or can less now."""
        return _RANKS.index(self._rank_after) < _RANKS.index(self._rank_before)

    @property
    def is_respelled(self) -> bool:
        """Whether the same actions are allowed on other resources or under other conditions.

        A record keeps actions, not the resources and conditions that policies spell: that they
        changed is known, and not what they were.
        """
        before = self.before
        counted = (self.gained, self.widened, self.lost, self.narrowed)
        is_other = before is not None and before.fingerprint != self.after.fingerprint
        return is_other and not any(counted)

    @property
    def is_gain(self) -> bool:
        """Whether it may do more than before, or may."""
        parts = (self.gained, self.widened, self.let_in, self.opened, self.is_administrator_now)
        return any(map(bool, parts)) or self.is_respelled

    @property
    def is_loss(self) -> bool:
        """Whether it may do less than before."""
        parts = (self.lost, self.narrowed, self.kept_out, self.is_ranked_lower)
        return any(map(bool, parts))

    @property
    def _rank_after(self) -> Rank:
        return self.after.rank

    @property
    def _rank_before(self) -> Rank:
        return self.before.rank if self.before else Rank.ORDINARY


def compare_records(before: PrincipalRecord | None, after: PrincipalRecord) -> RightsChange | None:
    """Compare a principal with what is kept of it; None where the two cannot be compared.

    They cannot where the record before keeps no actions, was made with another table of actions,
    or only one of the two reckons with the policies of the organization: the difference would tell
    of us. One of the same name that was made later is another principal, and new.
    """
    if before is None or before.created_at != after.created_at:
        new = KeptRights.unpacked(after.actions) if after.actions else KeptRights()
        return RightsChange(after=after, gained=new, let_in=_admitting(after.trusts))
    if not _are_alike(before, after):
        return None
    old, new = KeptRights.unpacked(before.actions), KeptRights.unpacked(after.actions)
    return RightsChange(
        before=before,
        after=after,
        gained=new.beyond(old),
        widened=new.broader_than(old),
        lost=old.beyond(new),
        narrowed=old.broader_than(new),
        let_in=tuple(_easier(before.trusts, after.trusts)),
        kept_out=tuple(_easier(after.trusts, before.trusts)),
    )


def _are_alike(before: PrincipalRecord, after: PrincipalRecord) -> bool:
    return (
        bool(before.actions and after.actions)
        and before.action_table == after.action_table
        and before.guardrails_known == after.guardrails_known
    )


def _admitting(terms: tuple[TrustTerm, ...]) -> tuple[TrustTerm, ...]:
    return tuple(each for each in terms if not each.who.startswith(_NOT))


def _easier(before: tuple[TrustTerm, ...], after: tuple[TrustTerm, ...]) -> Iterator[TrustTerm]:
    """Yield the terms that let somebody in who was not, or with fewer conditions.

    A Deny that is gone lets in whom it kept out.
    """
    for term in _admitting(after):
        if not any(_covers(each, term) for each in _admitting(before)):
            yield term
    denied = [each for each in after if each.who.startswith(_NOT)]
    for term in before:
        if term.who.startswith(_NOT) and not any(_covers(each, term) for each in denied):
            yield TrustTerm(term.who.removeprefix(_NOT), term.conditions)


def _covers(wider: TrustTerm, term: TrustTerm) -> bool:
    return wider.who == term.who and set(wider.conditions) <= set(term.conditions)


def _is_sure(escalation: Escalation) -> bool:
    return escalation.verdict == "granted"
