"""Who can change tags, its own or those of others, and what the account then is.

Tags limit who passes a role no better than by chance: AWS advises against it.
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rolecall.model.access_graph.candidates import bits_of_actions, mentioned
from rolecall.model.access_graph.chain import Certainty, Chain
from rolecall.model.access_graph.landscape import Realm
from rolecall.model.access_graph.node import Node
from rolecall.model.access_graph.wanted_tags import OF_ITSELF, OF_OTHERS, wanted_tags
from rolecall.model.principals import Group
from rolecall.policy.escalation.reach import Asker, Reach, open_conditions, reach

_TAGGING = ("iam:TagUser", "iam:TagRole")
_UNCHANGED = (
    "trust",
    "tag_keys",
    "everything",
    "itself",
    "users",
    "roles",
    "administrators",
    "raisable",
)


@dataclass(frozen=True, slots=True)
class Retagging:
    """Tags that a principal can set, and the principal and the accounts as they then are."""

    node: Node
    realms: tuple[Realm, ...]
    tags: Mapping[str, str]
    terms: tuple[str, ...]
    """The conditions that decide whether it can set them."""
    is_own: bool

    def told(self, target: str) -> str:
        """Say what is done; `target` is the name of the one that it is done for."""
        tags = ", ".join(f"{key} = {value}" for key, value in self.tags.items())
        return f"can tag {'itself' if self.is_own else target} ({tags})"


def retaggings(node: Node, realms: tuple[Realm, ...]) -> Iterator[Retagging]:
    """Yield what a principal can do with tags that policies ask for, its own first."""
    if isinstance(node.principal, Group) or not mentioned(node.policies) & bits_of_actions(
        _TAGGING
    ):
        return
    for prefixes in (OF_ITSELF, OF_OTHERS):
        if any(key.startswith(prefixes) for key in node.realm.tag_keys):
            for tags in wanted_tags(node, prefixes):
                yield from _set(node, realms, tags, is_own=prefixes is OF_ITSELF)


def _set(
    node: Node, realms: tuple[Realm, ...], tags: Mapping[str, str], *, is_own: bool
) -> Iterator[Retagging]:
    """Yield the tags as set on all on whom they surely can be; where on none, on all others."""
    found, mask = _taggable(node, tags), node.bit if is_own else ~node.bit
    tagged = found.granted & mask or found.possible & mask
    if tagged:
        realm = node.realm
        twin = _twin(node, tags, tagged)
        then = tuple(twin if each is realm else each for each in realms)
        terms = () if found.granted & mask else tuple(_terms(node, tags))
        actor = replace(twin.nodes[node.position - realm.offset], realm=twin)
        yield Retagging(actor, then, tags, terms, is_own)


def depending(chain: Chain, tagging: Retagging) -> Chain:
    """Return the chain with what decides whether the tags can be set, and whether they count."""
    first, *rest = chain.steps
    terms = tagging.terms
    if first.path.passes_role and not tagging.is_own:
        terms = (*terms, "the tags of the role count for iam:PassRole")
    if not terms:
        return chain
    certainty = Certainty.CONDITIONAL
    first = replace(first, certainty=certainty, conditions=(*first.conditions, *terms))
    return Chain((first, *rest), certainty)


def _taggable(node: Node, tags: Mapping[str, str]) -> Reach:
    """Return whom it can give the tags."""
    realm, asker = node.realm, _asker(node, tags)
    users = reach(asker, node.policies, "iam:TagUser", realm.user_domain)
    roles = reach(asker, node.policies, "iam:TagRole", realm.role_domain)
    return Reach(
        users.granted << realm.offset | roles.granted << realm.roles_offset,
        users.possible << realm.offset | roles.possible << realm.roles_offset,
    )


def _terms(node: Node, tags: Mapping[str, str]) -> Iterator[str]:
    for action in _TAGGING:
        yield from open_conditions(_asker(node, tags), node.policies, action)


def _asker(node: Node, tags: Mapping[str, str]) -> Asker:
    facts = (
        ("aws:tagkeys", tuple(tags)),
        *((f"aws:requesttag/{k}".lower(), v) for k, v in tags.items()),
    )
    return Asker(node.arn, node.realm.account.id, facts, node.realm.own_tags(node))


def _twin(node: Node, tags: Mapping[str, str], tagged: int) -> Realm:
    """Return the account as it is when some of its principals have the tags.

    Many can set the same tags on the same roles, for whom it is the same account.
    """
    realm = node.realm
    known = realm.account.remembered
    key = ("twin", realm.offset, tuple(tags.items()), tagged)
    if key not in known:
        twin = known[key] = Realm(realm.account, realm.offset)
        for each in realm.nodes:
            twin.nodes.append(_with_tags(each, tags, twin) if tagged & each.bit else each)
        # What has nothing to do with tags need not be found out again.
        vars(twin).update({name: getattr(realm, name) for name in _UNCHANGED})
    found: Realm = known[key]
    return found


def _with_tags(node: Node, tags: Mapping[str, str], realm: Realm) -> Node:
    principal = node.principal
    if isinstance(principal, Group):
        return replace(node, realm=realm)
    lower = {key.lower() for key in tags}
    kept = {key: value for key, value in principal.tags.items() if key.lower() not in lower}
    return replace(node, principal=replace(principal, tags={**kept, **tags}), realm=realm)
