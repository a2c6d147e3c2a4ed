"""From where and with what somebody calls, as coarse as habits are."""

import ipaddress
import re
from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent

_CLIENT = re.compile(r"[A-Za-z][\w.+-]*")
_PREFIXES = {4: 24, 6: 48}
"""Bits of an address that stay when a network hands out another: what providers give at least."""


def surroundings(event: CloudTrailEvent) -> Iterator[tuple[str, str]]:
    """Yield kind and value: `network`, `client` and `region`, as far as the event shows them.

    A service that calls on somebody's behalf has no address; browsers are one client.
    """
    if network := network_of(event.source_ip):
        yield "network", network
    if client := client_of(event.user_agent):
        yield "client", client
    yield "region", event.region


def network_of(address: str) -> str:
    """Return the network that an address is in, such as `203.0.113.0/24`; empty for no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((found, _PREFIXES[found.version]), strict=False))


def client_of(user_agent: str) -> str:
    """Return the name that a client begins with, such as `aws-cli`, without its version."""
    found = _CLIENT.match(user_agent.lstrip("["))
    name = found[0] if found else ""
    return "a browser" if name == "Mozilla" else name
