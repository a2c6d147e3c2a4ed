"""One rule, several sets of parameters: each principal is judged by the set that holds for it."""

from rolecall.model.account import Account
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.scope import Place
from rolecall.model.settings import RuleSettings
from rolecall.services.places import Places


def is_decidable(settings: RuleSettings, places: Places) -> bool:
    """Tell whether the parameters are known for the account and everybody in it."""
    if not settings.overrides:
        return True
    return all(map(settings.is_known_at, (places.account, *places.principals.values())))


def evidence_of(
    check: Check, account: Account, settings: RuleSettings, places: Places
) -> list[Evidence]:
    """Judge the whole account with every set of parameters that holds somewhere in it.

    What is said of a principal counts where the set is the principal's own, what is said of
    anything else where it is the account's: the rule sees neither scopes nor parts of accounts.
    """
    if not settings.overrides:
        return check.judge(account, settings.parameters)
    everywhere = (places.account, *places.principals.values())
    sets = {tuple(sorted(settings.at(place).items())) for place in everywhere}
    return [
        evidence
        for parameters in sorted(sets, key=repr)
        for evidence in check.judge(account, dict(parameters))
        if settings.at(_place(evidence, places)) == dict(parameters)
    ]


def _place(evidence: Evidence, places: Places) -> Place:
    return places.of_principal(evidence.principal or evidence.resource.arn)
