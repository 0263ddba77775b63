"""Which addresses this process may connect to: those of the internet, and what operators allow.

Merchants type addresses: of mail servers, of gateways. None of them may lead into the network that
the server stands in: other services of the machine, the cloud's metadata. What a name means is
asked once, and what it means is what is connected to, so that no second answer gets past.
"""

import errno
import ipaddress
import os
import socket
from collections.abc import Sequence
from functools import cache
from typing import Any, Final, TypeAlias

from kaiwa.vocabulary.errors import Invalid

VARIABLE: Final = "KAIWA_PRIVATE_NETWORKS"
_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
# IPv4 in the clothes of IPv6: translated, and the old compatible form.
_CLOTHED: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
# Public by its number, and yet a machine's own host in one of the large clouds.
_OF_THE_CLOUD: Final = ipaddress.ip_address("168.63.129.16")


class Inside(OSError):
    """The address is inside the network. It is not told: who asks may be looking for it."""

    def __init__(self) -> None:
        super().__init__(
            errno.EACCES,
            "it is inside the server's own network; who runs the server can allow that"
            f" ({VARIABLE})",
        )

    def __str__(self) -> str:
        return str(self.strerror)


class Network:
    """What may be connected to: every public address, and the private ones in `allowed`."""

    def __init__(self, allowed: Sequence[_Network] = ()) -> None:
        self._allowed = tuple(allowed)

    def permits(self, address: str) -> bool:
        """Whether a connection may go to an IP address."""
        try:
            found = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        meant = _meant(found)
        if any(one in network for one in (found, meant) for network in self._allowed):
            return True
        return _is_public(found) and _is_public(meant)

    def opened(self, info: tuple[Any, Any, Any, Any, Any]) -> socket.socket:
        """A socket for one address as `getaddrinfo` gives it; `Inside` when it may not be."""
        family, kind, protocol, _, where = info
        if not self.permits(str(where[0])):
            raise Inside
        return socket.socket(family, kind, protocol)

    def connected(self, host: str, port: int, timeout_s: float) -> socket.socket:
        """A connection to the first address of `host` that takes one. Blocking; `OSError`."""
        trouble: OSError | None = None
        for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            try:
                line = self.opened(info)
            except OSError as error:
                trouble = error
                continue
            try:
                line.settimeout(timeout_s)
                line.connect(info[4])
            except OSError as error:
                line.close()
                trouble = error
            else:
                return line
        raise trouble or OSError(f"{host} has no address")


def allowing(text: str) -> Network:
    """The network of `KAIWA_PRIVATE_NETWORKS`: networks or addresses with commas between them."""
    allowed = []
    for one in filter(None, (part.strip() for part in text.split(","))):
        try:
            allowed.append(ipaddress.ip_network(one))
        except ValueError:
            raise Invalid(
                f"{VARIABLE} holds networks such as 10.1.0.0/16 or 127.0.0.1, not {one!r}."
            ) from None
    return Network(allowed)


@cache
def open_network() -> Network:
    """The network as this process's environment allows it."""
    return allowing(os.environ.get(VARIABLE, ""))


def _meant(address: _Address) -> _Address:
    """The address that packets to it come to."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if any(address in network for network in _CLOTHED):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address


def _is_public(address: _Address) -> bool:
    odd = address.is_multicast or getattr(address, "is_site_local", False)
    return address.is_global and not odd and address != _OF_THE_CLOUD
