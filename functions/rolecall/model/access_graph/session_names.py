"""The names that a session can have: whoever assumes a role gives it one of its own choice.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname
"""

import re
from collections.abc import Iterable, Iterator

from rolecall.policy import Policy
from rolecall.policy.context import Context
from rolecall.policy.variables import resolve

KEY = "sts:rolesessionname"
ANY = "session"
_VALID = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)


def session_names(policies: Iterable[Policy], context: Context) -> Iterator[str]:
    """Yield a name that no policy asks for, and one for each pattern that policies do ask for."""
    yield ANY
    for policy in policies:
        for template in _templates(policy):
            # What comes out of a variable is no pattern, and no name has a star.
            pattern = resolve(template, context) or ""
            names = (pattern.replace("?", "x").replace("*", text) for text in ("", "x", ANY))
            yield from (name for name in names if _VALID.fullmatch(name))


def asks_for_names(policy: Policy) -> bool:
    """Tell whether a policy has conditions on the names of sessions."""
    return bool(_templates(policy))


def _templates(policy: Policy) -> tuple[str, ...]:
    if KEY not in policy.remembered:
        policy.remembered[KEY] = tuple(
            value
            for statement in policy.statements
            for condition in statement.conditions
            if condition.folded_key == KEY
            for value in condition.values
        )
    found: tuple[str, ...] = policy.remembered[KEY]
    return found
