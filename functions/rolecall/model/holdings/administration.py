"""Whether a principal is an administrator, and what of that is live."""

from rolecall.model.account import Account
from rolecall.model.holdings.standing import Standing, Verdict, limits_on
from rolecall.model.principals import Role, User
from rolecall.policy.sensitive.administrators import breadth_together, makes_administrator, ruling


def administration(account: Account, principal: User | Role) -> Verdict:
    """Return the verdict on the principal as an administrator; found out once for each snapshot.

    What an administrator is, `policy.sensitive.administrators` says. ABSENT is who is none by its
    own policies.
    """
    key = ("administration", principal.arn)
    if key not in account.remembered:
        account.remembered[key] = administration_standing(account, principal).verdict
    found: Verdict = account.remembered[key]
    return found


def administration_standing(account: Account, principal: User | Role) -> Standing:
    """Return what is left of the rights that make the principal an administrator, if any do."""
    policies = account.policy_set(principal)
    breadth = breadth_together(policies)
    if not makes_administrator(breadth):
        return Standing()
    return Standing(*ruling(breadth, limits_on(account, principal)), policies)
