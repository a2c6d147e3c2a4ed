"""How far the addresses of a condition reach."""

from collections.abc import Iterable
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TypeAlias

_Network: TypeAlias = IPv4Network | IPv6Network

_PRIVATE = tuple(
    ip_network(each)
    for each in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "fc00::/7",
        "fe80::/10",
        "::1/128",
    )
)
"""Ranges that no request from the internet comes from (RFC 1918, 6598, 3927, 4193, 4291)."""


class Reach(StrEnum):
    """Where callers may be."""

    EVERYWHERE = "everywhere"
    PRIVATE = "private"
    """Never seen as `aws:SourceIp`: through a VPC endpoint that key is not sent at all."""
    SOME = "some"


def reach_of(ranges: tuple[str, ...]) -> Reach:
    """Tell how far addresses reach together; what cannot be read is taken for some."""
    read = [_network(each) for each in ranges]
    networks = [each for each in read if each is not None]
    if any(each.prefixlen == 0 for each in networks):
        return Reach.EVERYWHERE
    if len(networks) == len(read) and all(map(_is_private, networks)):
        return Reach.PRIVATE
    return Reach.SOME


def are_within(ranges: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Tell whether all the ranges are parts of known ones."""
    homes = [each for each in map(_network, known) if each is not None]
    networks = [_network(each) for each in ranges]
    return all(each is not None and _is_in(each, homes) for each in networks)


def _is_private(network: _Network) -> bool:
    return _is_in(network, _PRIVATE)


def _is_in(network: _Network, homes: Iterable[_Network]) -> bool:
    first, last = int(network.network_address), int(network.broadcast_address)
    return any(
        home.version == network.version
        and int(home.network_address) <= first
        and last <= int(home.broadcast_address)
        for home in homes
    )


def _network(text: str) -> _Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None
