"""Which addresses are public: everything a name resolves to must be, whatever it is wrapped in."""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Resolve = Callable[[str, int], list[str]]
"""A name and a port to addresses; OSError when there are none."""
NAT64 = IPv6Network("64:ff9b::/96")
"""Where networks without IPv4 reach it (RFC 6052): as good as the address in its last four bytes."""
REFUSED = tuple(
    ip_network(text)
    for text in (
        "168.63.129.16/32",  # Azure's host: a public address that every guest there reaches from inside
        "192.88.99.0/24",  # relays of 6to4, no servers
        "64:ff9b:1::/48",  # NAT64 of a local network (RFC 8215)
        "2001::/32",  # Teredo: what it wraps may be anything
        "2002::/16",  # 6to4: the same
        "::/96",  # IPv4-compatible, long deprecated
        "fec0::/10",  # site-local, deprecated and still routed by some
        "5f00::/16",  # segment routing
        "3fff::/20",  # documentation
    )
)


def is_public(text: str) -> bool:
    """Whether it is an address of a server anybody can reach."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        if address.ipv4_mapped is not None:
            return _is_global(address.ipv4_mapped)
        if address in NAT64:
            return _is_global(IPv4Address(int(address) & 0xFFFFFFFF))
    return _is_global(address)


def _is_global(address: IPv4Address | IPv6Address) -> bool:
    inside = any(address.version == net.version and address in net for net in REFUSED)
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not inside and not special


def resolved(host: str, port: int) -> list[str]:
    """By the system's resolver, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
