"""A principal on its way: on whom it has all that a path needs."""

# Longer than 200 lines because whatever a path may need of its actor is answered here.

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rolecall.model.access_graph.assumption import ASSUME, assumable
from rolecall.model.access_graph.attaching import KEY, attachable, named_policies
from rolecall.model.access_graph.candidates import bits_of_actions, mentioned
from rolecall.model.access_graph.landscape import Realm
from rolecall.model.access_graph.means import Means, divided, means_of
from rolecall.model.access_graph.node import Node
from rolecall.model.principals import User
from rolecall.policy import Grants, PolicySet, granted
from rolecall.policy.escalation import EscalationPath, Kind, Need, Target
from rolecall.policy.escalation.choice import choices
from rolecall.policy.escalation.path import PASS_ROLE
from rolecall.policy.escalation.reach import (
    Asker,
    Domain,
    Reach,
    has_conditions,
    is_personal,
    reach,
)

NOTHING = Reach()
_ASSUMING = bits_of_actions((ASSUME,))
EVERYBODY = Reach(-1, -1)


@dataclass(frozen=True)  # no slots: it remembers what is known of it
class Actor:
    """A principal, with the policies that it is judged by."""

    node: Node
    policies: PolicySet
    realms: tuple[Realm, ...]
    chooses_tags: bool = False
    """Whether to reckon with any tags that it might give itself."""
    _known: dict[object, Reach] = field(default_factory=dict, repr=False)
    _askers: dict[tuple[str, str], Asker] = field(default_factory=dict, repr=False)

    @property
    def realm(self) -> Realm:
        """The account that it is in."""
        return self.node.realm

    @property
    def is_user(self) -> bool:
        """Whether it is a user."""
        return isinstance(self.node.principal, User)

    @cached_property
    def grants(self) -> Grants:
        """What its policies allow, whatever the resource."""
        return granted(self.policies)

    @cached_property
    def possible(self) -> int:
        """The actions that its policies may allow; what limits and Denies leave is another matter.

        Where there are limits they are reckoned with, for they leave little.
        """
        return self.grants.possible.bits if self.policies.limits else mentioned(self.policies)

    @cached_property
    def means(self) -> Means:
        """What its policies give of what paths need on resources of its choice."""
        return means_of(self.policies, self.asker(), self.realm)

    @cached_property
    def limits_attaching(self) -> bool:
        """Whether its policies ask which policy is attached."""
        return bool(named_policies(self.policies))

    def asker(self, service: str = "", policy: str = "") -> Asker:
        """Return it as somebody who asks for an action, with what is known of the request.

        `service` is the one that a role is passed to, `policy` the ARN of one to be attached.
        """
        known = self._askers.get((service, policy))
        if known is None:
            told = (("iam:passedtoservice", service), (KEY, policy))
            facts = tuple((key, value) for key, value in told if value)
            account_id = self.realm.account.id
            known = Asker(self.node.arn, account_id, facts, self._own)
            self._askers[service, policy] = known
        return known

    def asker_of(self, path: EscalationPath, need: Need) -> Asker:
        """Return it as it asks for what a path needs, with the first policy that would do."""
        service = path.trusts[0] if path.passes_role else ""
        asking = self._askers_for(need, service if need.action == PASS_ROLE else "")
        return next((asker for asker, _ in asking), self.asker())

    @cached_property
    def _own(self) -> dict[str, str | None]:
        organization = self.realm.account.organization
        own = {} if self.chooses_tags else self.realm.own_tags(self.node)
        if organization and organization.id:
            own["aws:principalorgid"] = organization.id
        return own

    def subjects(self, path: EscalationPath, trusted: Reach) -> Reach:
        """Return the principals on whom the actor has all that the path needs.

        `trusted` are those on whom the path works at all.
        """
        # Role assumption alone leads into other accounts.
        everything = -1 if path.kind is Kind.ASSUMPTION else self.realm.everything
        granted, possible = trusted.granted & everything, trusted.possible & everything
        chosen, others = divided(path)
        means = self.means
        if chosen & means.known & ~means.possible:
            return NOTHING
        if chosen & means.known & ~means.certain:
            granted = 0
        service = path.trusts[0] if path.passes_role else ""
        for needs in path.asks if chosen & ~means.known else others:
            if not possible:
                return NOTHING
            met = self._meets(needs, service)
            granted, possible = granted & met.granted, possible & met.possible
        return Reach(granted, possible)

    def _meets(self, needs: tuple[Need, ...], service: str) -> Reach:
        """Return on whom it has what is needed; everybody where the needs are of no principal."""
        need = needs[0]
        known = self._known if need.is_of_actor else self._shared
        key = (needs, service if need.action == PASS_ROLE and self._tells_services_apart else "")
        found = known.get(key)
        if found is None:
            is_choice = need.on is Target.ANYTHING
            found = known[key] = self._chosen(needs) if is_choice else self._met(need, key[1])
        return found

    @cached_property
    def _tells_services_apart(self) -> bool:
        """Whether the service may matter to which role is passed."""
        levels = (self.policies.identity, *self.policies.limits)
        return any(has_conditions(policy, PASS_ROLE) for level in levels for policy in level)

    @cached_property
    def _shared(self) -> dict[object, Reach]:
        """What is known of all who have the same policies, where none asks who they are."""
        policies = self.policies
        levels = (policies.identity, *policies.limits)
        if any(is_personal(policy) for level in levels for policy in level):
            return self._known
        return self.realm.known_of((policies.identity, policies.boundary, policies.scps))

    def _chosen(self, needs: tuple[Need, ...]) -> Reach:
        """Tell whether there is one resource on which it has all that is needed of such a one."""
        actions = tuple([need.action for need in needs])
        if not bits_of_actions(actions) & ~self.grants.everywhere.bits:
            return EVERYBODY
        pattern = self.realm.spelled_out(needs[0].resource)
        domain = self.realm.choice(choices(pattern, self.asker(), self.policies, actions))
        found = EVERYBODY
        for need in needs:
            found = found.both(self._reached(need, domain))
        return found.leading_to(-1)

    def _reached(self, need: Need, domain: Domain, service: str = "") -> Reach:
        """Return the resources on which it may use an action."""
        if not need.attaches:
            asker = self.asker(service)
            return reach(asker, self.policies, need.action, domain, by_trust=need.by_trust)
        found = NOTHING
        for asker, is_certain in self._askers_for(need, service):
            on = reach(asker, self.policies, need.action, domain, by_trust=need.by_trust)
            found = found.either(on if is_certain else Reach(0, on.possible))
        return found

    def _askers_for(self, need: Need, service: str) -> Iterator[tuple[Asker, bool]]:
        """Yield it with all that a request may bring, and whether it surely can bring that."""
        if not need.attaches:
            yield self.asker(service), True
            return
        policies = attachable(need.attached, self.realm, self.asker(), self.policies)
        for policy, is_certain in policies:
            yield self.asker(policy=policy), is_certain

    def _met(self, need: Need, service: str) -> Reach:
        if need.action == ASSUME and not need.by_trust:
            asker, is_allowed = self.asker(service), bool(self.possible & _ASSUMING)
            return assumable(self.node, self.policies, asker, self.realms, is_allowed=is_allowed)
        realm, managed = self.realm, self.realm.managed
        match need.on:
            case Target.POLICY | Target.VERSIONED_POLICY:
                found = self._reached(need, managed.held)
                if need.on is Target.VERSIONED_POLICY:
                    found = found.both(managed.with_strong_version)
                return Reach(managed.holders(found.granted), managed.holders(found.possible))
            case Target.GROUP:
                found = self._reached(need, realm.groups)
                return Reach(realm.members(found.granted), realm.members(found.possible))
            case Target.JOINED_GROUP:
                found = self._reached(need, realm.groups)
                return Reach(realm.group_nodes(found.granted), realm.group_nodes(found.possible))
            case _:
                return self._on_principals(need, service)

    def _on_principals(self, need: Need, service: str) -> Reach:
        realm = self.realm
        is_of_users = self.is_user if need.on is Target.ITSELF else need.on is Target.USER
        found = self._reached(
            need, realm.user_domain if is_of_users else realm.role_domain, service
        )
        offset = realm.offset if is_of_users else realm.roles_offset
        kind = realm.users if is_of_users else realm.roles
        if need.on is Target.ITSELF:
            kind &= self.node.bit
        return Reach(found.granted << offset, found.possible << offset).within(kind)
