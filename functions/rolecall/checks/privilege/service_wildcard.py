"""Policies that allow all of a service on every resource."""

# Longer than 60 lines because one policy is one finding, however many hold it.

from collections import defaultdict
from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import Holding, Standing, holdings, standing, weighed
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.policy import action_index
from rolecall.policy.sensitive.breadth import narrow_breadth_of

_NAMED = 20
"""How many services and holders a finding names; their number is always right."""


@Check(
    id="service-wildcard",
    title="Policies name the actions that are needed",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Write out the actions that are used; `rolecall simulate` shows that nothing breaks. Where"
        " the whole service is needed, name the resources."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html",
    ),
    compliance=(Control("AWS FSBP", "1.0.0", "IAM.21"),),
)
def service_wildcard(account: Account) -> Iterator[Evidence]:
    """A star after a service grants every action that AWS will add to it.

    Told are policies written here, inline and managed, one finding each; what they give of
    sensitive rights, and what AWS's own policies give, `sensitive-rights` tells of every holder.
    """
    found: dict[str, list[tuple[Holding, Standing]]] = defaultdict(list)
    for holding in holdings(account):
        services = _services(holding) if holding.is_customers else {}
        if services:
            actions = action_index().expand_all(services)
            breadth = narrow_breadth_of(holding.policy, account.id)
            where = holding.held.arn or f"{holding.holder.arn} {holding.held.name}"
            stand = standing(account, holding.principals, breadth, actions)
            found[where].append((holding, stand))
    for uses in found.values():
        yield _evidence(uses)


def _services(holding: Holding) -> dict[str, str]:
    """Return the patterns that name all of a service on every resource, with their statements.

    A lone star names every service, and is told wherever it stands. A service that AWS does not
    have gives nothing.
    """
    return {
        pattern: statement.label
        for statement in holding.policy.statements
        for pattern in statement.actions
        if statement.allows
        and action_index().expand(pattern)
        and (pattern == "*" or (pattern.endswith(":*") and "*" in statement.resources))
    }


def _evidence(uses: list[tuple[Holding, Standing]]) -> Evidence:
    holding, best = max(uses, key=lambda use: (use[1].granted, use[1].conditional))
    services = _services(holding)
    names = sorted(services)
    return Evidence(
        resource=holding.resource_of_policy,
        summary=f"{holding.held} allows {', '.join(names[:_NAMED])}",
        principal=None if holding.held.arn else holding.principal,
        severity=weighed(Severity.LOW, best.verdict),
        verdict=best.verdict.value,
        occasion="" if holding.held.arn else holding.held.name,
        data={
            "services": names[:_NAMED],
            "statements": sorted(set(services.values())),
            "holders": sorted(each.holder.arn for each, _ in uses)[:_NAMED],
            "holder_count": len(uses),
        },
    )
