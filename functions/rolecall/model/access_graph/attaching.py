"""Which managed policy an actor attaches, where policies limit that by iam:PolicyARN."""

from collections.abc import Iterable, Iterator

from rolecall.model.access_graph.landscape import Realm
from rolecall.policy import Policy, PolicySet
from rolecall.policy.escalation import Attached
from rolecall.policy.escalation.choice import choices
from rolecall.policy.escalation.reach import Asker, Domain, reach
from rolecall.policy.escalation.resources import RESOURCES
from rolecall.policy.wildcards import any_of

KEY = "iam:policyarn"
_CREATE = "iam:CreatePolicy"
_REWRITE = "iam:CreatePolicyVersion"


def named_policies(policies: PolicySet) -> frozenset[str]:
    """Return the patterns of ARNs that conditions compare with the policy to be attached."""
    levels = (policies.identity, *policies.limits)
    return frozenset().union(*(_named(policy) for level in levels for policy in level))


def attachable(
    attached: Attached, realm: Realm, asker: Asker, policies: PolicySet
) -> Iterator[tuple[str, bool]]:
    """Yield ARNs of policies that make administrators, and whether the actor surely has them.

    Of those that no condition tells apart there is one.
    """
    named = named_policies(policies)
    match attached:
        case Attached.STRONG:
            yield from ((arn, True) for arn in _unlike(realm.managed.strong, named))
        case Attached.REWRITTEN if named:
            yield from _written(realm.managed.own, named, asker, policies, _REWRITE)
        case Attached.CREATED if named:
            [template] = RESOURCES[_CREATE]
            pattern = realm.spelled_out(template)
            arns = choices(pattern, asker, policies, [_CREATE], within=named | {"*"})
            yield from _written(realm.choice(arns), named, asker, policies, _CREATE)


def _written(
    domain: Domain, named: frozenset[str], asker: Asker, policies: PolicySet, action: str
) -> Iterator[tuple[str, bool]]:
    found = reach(asker, policies, action, domain)
    for is_certain, bits in ((True, found.granted), (False, found.possible & ~found.granted)):
        arns = (arn for i, arn in enumerate(domain.arns) if bits >> i & 1)
        yield from ((arn, is_certain) for arn in _unlike(arns, named))


def _unlike(arns: Iterable[str], named: frozenset[str]) -> Iterator[str]:
    """Yield one of all ARNs that the same patterns match."""
    tests = [any_of((pattern,)) for pattern in named]
    seen: set[tuple[bool, ...]] = set()
    for arn in arns:
        answers = tuple([test(arn) for test in tests])
        if answers not in seen:
            seen.add(answers)
            yield arn


def _named(policy: Policy) -> frozenset[str]:
    if KEY not in policy.remembered:
        policy.remembered[KEY] = frozenset(
            value
            for statement in policy.statements
            for condition in statement.conditions
            if condition.folded_key == KEY
            for value in condition.values
        )
    found: frozenset[str] = policy.remembered[KEY]
    return found
