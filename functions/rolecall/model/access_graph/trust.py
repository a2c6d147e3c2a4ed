"""Whom the roles of an account trust, as sets of roles: services, whole accounts, single ones."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rolecall.model.access_graph import session_names
from rolecall.model.account import Account
from rolecall.model.principals import Role
from rolecall.policy import Condition, Principal, Statement
from rolecall.policy.context import Context, ContextValue
from rolecall.policy.escalation.reach import DENIED, Reach
from rolecall.policy.wildcards import any_of, is_literal

SAML = "saml-provider"
_NOBODY = Reach()
_OF_CALLER = ("aws:principal", "aws:user", session_names.KEY)
_OF_ACCOUNT = ("aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths")
"""What is the same for everybody in an account, whether we know it or not."""
_STRANGER = Context.of(
    {
        "aws:principalaccount": "000000000000",
        "aws:principalarn": "arn:aws:iam::000000000000:user/stranger",
        "aws:principalorgid": "o-stranger",
        "aws:principalorgpaths": ("o-stranger/",),
    }
)
_REGIONAL = re.compile(r"(?P<name>.+?)(\.[a-z]{2,4}(-[a-z]+)+-\d)?\.(amazonaws\.com)(\.cn)?")
_ASSUMING = ("sts:assumerole", "sts:assumerolewithwebidentity", "sts:assumerolewithsaml")


@dataclass(slots=True)
class Trust:
    """The roles that trust a service, an account or a principal.

    `accounts`: those that trust everybody in the account whose policies allow it. `particular`:
    those of which each caller has to be asked, by what their trust policies name: an account, an
    ARN, or `*`. `own` and `some_of_own`: those that let in everybody, or some, of their own account
    without any policy of theirs, as `*` does where conditions keep strangers out.
    """

    services: dict[str, Reach] = field(default_factory=dict)
    accounts: dict[str, Reach] = field(default_factory=dict)
    particular: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    own: Reach = _NOBODY
    some_of_own: int = 0

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
    reader = _Reader(Context.of({"aws:sourceaccount": account.id}), _of_own(account))
    for bit, role in roles:
        has_deny = any(not statement.allows for statement in role.trust.statements)
        for statement in role.trust.statements:
            if statement.allows and _lets_assume(statement):
                reader.add(bit, statement, is_plain=not has_deny)
    return reader.trust


def _of_own(account: Account) -> Context:
    """Return what is the same in the requests of everybody in the account."""
    facts: dict[str, ContextValue] = {"aws:principalaccount": account.id}
    if account.organization and account.organization.id:
        facts["aws:principalorgid"] = account.organization.id
    return Context.of(facts)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads statements that let somebody assume a role; what `own` has is known of its account."""

    context: Context
    own: Context
    trust: Trust = field(default_factory=Trust)

    def add(self, bit: int, statement: Statement, *, is_plain: bool) -> None:
        """Add a role; it is plain where no Deny of its trust policy has to be looked at."""
        answers = [condition.test(self.context) for condition in statement.conditions]
        if False in answers:
            return
        trust, is_certain = self.trust, is_plain and None not in answers
        if statement.not_principals:
            trust.particular["*"] |= bit
        for principal in statement.principals:
            if principal.kind in ("Service", "Federated"):
                _add_to(trust.services, _service(principal), bit, is_certain=is_certain)
            elif principal.is_account and is_plain and not _asks_who(statement.conditions):
                _add_to(trust.accounts, principal.value, bit, is_certain=is_certain)
            elif principal.is_anyone or not is_literal(principal.value):
                trust.particular["*"] |= bit
                self._add_own(bit, statement, is_plain=is_plain)
            else:
                trust.particular[principal.value] |= bit

    def _add_own(self, bit: int, statement: Statement, *, is_plain: bool) -> None:
        """Add a role that trusts `*` within limits: without limits it is the role's own finding.

        Users and roles of its own account need no other permission for it.
        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
        """
        conditions = statement.conditions
        if all(condition.test(_STRANGER) is not False for condition in conditions):
            return
        answers = [(condition.test(self.own), condition) for condition in conditions]
        left = [condition for answer, condition in answers if answer is None]
        if any(answer is False for answer, _ in answers):
            return
        tells_apart = [each for each in left if each.folded_key not in _OF_ACCOUNT]
        if not is_plain or _asks_who(tells_apart):
            self.trust.some_of_own |= bit
        else:
            self.trust.own = _with(self.trust.own, bit, is_certain=not left)


def open_terms(role: Role, services: Iterable[str], account_id: str) -> Iterator[str]:
    """Yield, in words, the conditions under which a role lets one of the services in."""
    context = Context.of({"aws:sourceaccount": account_id})
    wanted = frozenset(services)
    for statement in role.trust.statements:
        if wanted.intersection(map(_service, statement.principals)):
            answers = [(each.test(context), each) for each in statement.conditions]
            words = " and ".join(str(each) for answer, each in answers if answer is None)
            if words and all(answer is not False for answer, _ in answers):
                yield words if statement.allows else f"{DENIED} {words}"


def service_of(name: str) -> str:
    """Return the name by which a service is known everywhere: `states.amazonaws.com`.

    A trust policy may name it as it is in one region, or in China.
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Aurora.Authorizing.AWSServices.Regions.html
    https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.ServicePrincipalOpts.html
    """
    found = _REGIONAL.fullmatch(name)
    return f"{found['name']}.amazonaws.com" if found else name


def _service(principal: Principal) -> str:
    return SAML if f":{SAML}/" in principal.value else service_of(principal.value)


def _add_to(known: dict[str, Reach], name: str, bit: int, *, is_certain: bool) -> None:
    known[name] = _with(known.get(name, _NOBODY), bit, is_certain=is_certain)


def _with(found: Reach, bit: int, *, is_certain: bool) -> Reach:
    return Reach(found.granted | (bit if is_certain else 0), found.possible | bit)


def _asks_who(conditions: Iterable[Condition]) -> bool:
    """Tell whether it depends on who asks, or on what each caller chooses."""
    return any(each.has_variables or each.folded_key.startswith(_OF_CALLER) for each in conditions)


def _lets_assume(statement: Statement) -> bool:
    if statement.actions:
        is_named = any_of(statement.actions)
        return any(map(is_named, _ASSUMING))
    is_excluded = any_of(statement.not_actions)
    return not all(map(is_excluded, _ASSUMING))
