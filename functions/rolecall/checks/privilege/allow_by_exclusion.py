"""Policies that allow everything but what they name."""

# Longer than 60 lines because what is left out, and what is left, are both told.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.causes import allows_the_rest, is_told_as_escalation
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import Holding, Standing, holdings, standing, tell
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy import Policy, Statement
from rolecall.policy.sensitive.breadth import Breadth, breadth_of


@Check(
    id="allow-by-exclusion",
    title="Policies allow what they name, not all the rest",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Name the actions and resources that are needed. What must never happen belongs into a"
        " Deny, which NotAction and NotResource are good for."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html",
    ),
)
def allow_by_exclusion(account: Account) -> Iterator[Evidence]:
    """An Allow with NotAction grants every service that AWS will ever add, in every account.

    With NotResource (MEDIUM) it grants what will be made tomorrow. Told are policies written here;
    where such a statement makes an administrator, `administrator-access` tells it, and where one
    begins a certain escalation, that does. What else it gives is not told again by other rules.
    """
    for holding in holdings(account):
        if not holding.is_customers:
            continue
        for statement in holding.policy.statements:
            if _excludes(statement) and not is_told_as_escalation(account, holding, statement):
                found = _standing(account, holding, statement)
                if found.verdict:
                    yield _evidence(account, holding, statement, found)
                    break


def _excludes(statement: Statement) -> bool:
    """Tell whether all the rest is allowed: NotAction on a few named resources is no such thing."""
    return allows_the_rest(statement) or (statement.allows and bool(statement.not_resources))


def _standing(account: Account, holding: Holding, statement: Statement) -> Standing:
    everywhere = Statement(
        index=statement.index,
        effect="Allow",
        actions=statement.actions,
        not_actions=statement.not_actions,
        resources=("*",),
        conditions=statement.conditions,
    )
    breadth: Breadth = breadth_of(Policy("", (everywhere,)), account.id)
    return standing(account, holding.principals, breadth, breadth.at_most)


def _evidence(
    account: Account, holding: Holding, statement: Statement, found: Standing
) -> Evidence:
    severity = Severity.HIGH if statement.not_actions else Severity.MEDIUM
    element, names = (
        ("actions", statement.not_actions)
        if statement.not_actions
        else ("resources", statement.not_resources)
    )
    words = f"do everything but the {len(names)} {element} named in {statement.label},"
    return tell(
        account,
        holding,
        found,
        severity,
        words,
        statements=[statement.label],
        excluded=list(names[:12]),
    )
