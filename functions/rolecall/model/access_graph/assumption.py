"""Which roles a principal can assume: its own policies and the roles' trust, across accounts."""

from collections.abc import Iterable
from dataclasses import replace

from rolecall.model.access_graph.landscape import Realm
from rolecall.model.access_graph.node import Node
from rolecall.model.principals import Role
from rolecall.policy import Outcome, PolicySet, Request, decide
from rolecall.policy.escalation.reach import Asker, Reach, bits_of, reach

ASSUME = "sts:AssumeRole"


def assumable(node: Node, policies: PolicySet, asker: Asker, realms: Iterable[Realm]) -> Reach:
    """Return the roles, in all accounts, that the principal can assume.

    A role that trusts the principal by name needs no policy of the principal in its own account.
    One that trusts everybody does neither, but that is the role's finding: here only those count
    whose policies mean to assume it.
    """
    granted = possible = 0
    account_id = node.realm.account.id
    for realm in realms:
        trust = realm.trust
        plain = trust.accounts.get(account_id, Reach())
        asked = trust.of_account(account_id)
        named = trust.particular.get(node.arn, 0)
        if realm.account.guardrails.rcps:
            plain, asked = Reach(), asked | plain.possible
        if plain.possible or asked:
            found = reach(asker, policies, ASSUME, realm.role_domain)
            may = found.possible << realm.roles_offset
            granted |= (found.granted << realm.roles_offset) & plain.granted
            possible |= may & plain.possible
            named |= may & asked
        for position in bits_of(named):
            outcome = _decision(node, policies, asker, realm.nodes[position - realm.offset])
            granted |= (outcome is Outcome.ALLOWED) << position
            possible |= (outcome in (Outcome.ALLOWED, Outcome.CONDITIONAL)) << position
    return Reach(granted, possible)


def _decision(node: Node, policies: PolicySet, asker: Asker, target: Node) -> Outcome:
    role = target.principal
    if not isinstance(role, Role):
        return Outcome.IMPLICITLY_DENIED
    rcps = target.realm.account.guardrails.rcps
    together = replace(policies, resource=role.trust, rcps=rcps)
    return decide(Request(node.arn, ASSUME, role.arn, asker.own), together).outcome
