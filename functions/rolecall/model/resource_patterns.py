"""How much the ARN patterns of exceptions can cover."""

import re
from itertools import product

from rolecall.policy.wildcards import matches

_SAYS_LITTLE = re.compile(
    r"[\d*]+(?=:)"  # an account
    r"|(?<=::)[\d*]+"  # the beginning of one
    r"|(?<=\*)\d+(?=\*)"  # an account, perhaps
    r"|(?<=[/*])[^/*:]{1,2}(?=\*)"  # a letter or two of a name, which many names have
    r"|(?<=\*)[^/*:]{1,2}$"
)
_ACCOUNT = re.compile(r":\d{12}:")
_STRANGERS = tuple(
    f"arn:{partition}:iam::000000000000:{name}"
    for partition, name in product(
        ("aws", "aws-cn", "aws-us-gov"),
        (
            "root",
            *(
                f"{kind}/xq7/zv0/jw9/kx8-vq7.zj0"
                for kind in ("user", "role", "group", "policy", "server-certificate")
            ),
        ),
    )
)
"""Root users, and of each type one that nobody would name."""


def names_somebody(pattern: str) -> bool:
    """Tell whether the pattern means somebody: it does not fit whoever comes along.

    The root user stands for its account, of which it has the ARN, and so is nobody; nor does an
    account name anybody, nor fewer than three characters next to a wildcard.
    """
    if not pattern:
        return False
    loose = _SAYS_LITTLE.sub("*", pattern.replace("?", "*"))
    return not any(matches(loose, stranger) for stranger in _STRANGERS)


def is_of_one_account(pattern: str) -> bool:
    """Tell whether the pattern fits resources of one account alone."""
    return _ACCOUNT.search(pattern) is not None
