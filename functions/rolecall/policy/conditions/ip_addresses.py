"""IP address condition operators, for versions 4 and 6.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from rolecall.policy.conditions.operator import Operator, Unreadable


def _contains(expected: str, actual: str) -> bool:
    return _address(actual) in _network(expected)


@lru_cache(maxsize=1 << 12)
def _network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        raise Unreadable(text) from None


@lru_cache(maxsize=1 << 12)
def _address(text: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address(text.strip())
    except ValueError:
        raise Unreadable(text) from None


OPERATORS = (
    Operator("IpAddress", _contains),
    Operator("NotIpAddress", _contains, is_negated=True),
)
