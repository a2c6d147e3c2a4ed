"""Whom the roles of an account trust, as sets of roles: services, whole accounts, single ones."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rolecall.model.account import Account
from rolecall.model.principals import Role
from rolecall.policy import Condition, Principal, Statement
from rolecall.policy.context import Context
from rolecall.policy.escalation.reach import Reach
from rolecall.policy.wildcards import any_of, is_literal

SAML = "saml-provider"
_PERSONAL = ("aws:principal", "aws:user")
_ASSUMING = ("sts:assumerole", "sts:assumerolewithwebidentity", "sts:assumerolewithsaml")


@dataclass(slots=True)
class Trust:
    """The roles that trust a service, an account or a principal.

    `accounts`: those that trust everybody in the account whose policies allow it. `particular`:
    those of which each caller has to be asked, by what their trust policies name: an account, an
    ARN, or `*`.
    """

    services: dict[str, Reach] = field(default_factory=dict)
    accounts: dict[str, Reach] = field(default_factory=dict)
    particular: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def of_services(self, names: Iterable[str]) -> Reach:
        """Return the roles that trust one of the services, for certain and at all."""
        granted = possible = 0
        for name in names:
            found = self.services.get(name, Reach())
            granted |= found.granted
            possible |= found.possible
        return Reach(granted, possible)

    def of_account(self, account_id: str) -> int:
        """Return the roles whose trust policies let in some of an account, or of everybody."""
        return self.particular.get(account_id, 0) | self.particular.get("*", 0)


def trust_of(account: Account, roles: Iterable[tuple[int, Role]]) -> Trust:
    """Read the trust policies of roles, each given with its bit."""
    trust = Trust()
    context = Context.of({"aws:sourceaccount": account.id})
    for bit, role in roles:
        has_deny = any(not statement.allows for statement in role.trust.statements)
        for statement in role.trust.statements:
            if statement.allows and _lets_assume(statement):
                _add(trust, bit, statement, context, is_plain=not has_deny)
    return trust


def _add(trust: Trust, bit: int, statement: Statement, context: Context, *, is_plain: bool) -> None:
    answers = [condition.test(context) for condition in statement.conditions]
    if False in answers:
        return
    is_certain = is_plain and None not in answers
    if statement.not_principals:
        trust.particular["*"] |= bit
    for principal in statement.principals:
        if principal.kind in ("Service", "Federated"):
            _add_service(trust, bit, principal, is_certain=is_certain)
        elif principal.is_account and is_plain and not any(map(_is_personal, statement.conditions)):
            _add_to(trust.accounts, principal.value, bit, is_certain=is_certain)
        elif principal.is_anyone or not is_literal(principal.value):
            trust.particular["*"] |= bit
        else:
            trust.particular[principal.value] |= bit


def _add_service(trust: Trust, bit: int, principal: Principal, *, is_certain: bool) -> None:
    name = SAML if f":{SAML}/" in principal.value else principal.value
    _add_to(trust.services, name, bit, is_certain=is_certain)


def _add_to(known: dict[str, Reach], name: str, bit: int, *, is_certain: bool) -> None:
    found = known.get(name, Reach())
    known[name] = Reach(found.granted | (bit if is_certain else 0), found.possible | bit)


def _is_personal(condition: Condition) -> bool:
    """Tell whether it depends on who in the account asks."""
    return condition.has_variables or condition.folded_key.startswith(_PERSONAL)


def _lets_assume(statement: Statement) -> bool:
    if statement.actions:
        is_named = any_of(statement.actions)
        return any(map(is_named, _ASSUMING))
    is_excluded = any_of(statement.not_actions)
    return not all(map(is_excluded, _ASSUMING))
