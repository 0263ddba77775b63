"""Whether a call comes from our own pages."""

from urllib.parse import urlsplit

from kaiwa.web.reader import Connection

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def from_own_page(connection: Connection, public_url: str | None) -> bool:
    """Whether `Origin` is present and names this server."""
    origin = connection.headers.get("origin")
    if origin is None:
        return False
    parts = urlsplit(origin)
    if parts.scheme not in _DEFAULT_PORTS or not parts.netloc:
        return False
    own = {_host(name, parts.scheme) for name in _own_names(connection, public_url)}
    return _host(parts.netloc, parts.scheme) in own


def from_elsewhere(connection: Connection, public_url: str | None) -> bool:
    """Whether a browser says that the call comes from somebody else's page."""
    return "origin" in connection.headers and not from_own_page(connection, public_url)


def is_secure(connection: Connection, public_url: str | None) -> bool:
    """Whether the browser speaks https to us, a proxy in between or not."""
    return connection.url.scheme in ("https", "wss") or (public_url or "").startswith("https://")


def _own_names(connection: Connection, public_url: str | None) -> list[str]:
    names = [connection.headers.get("host", "")]
    if public_url is not None:
        # Behind a proxy the Host may be an inner one. No page can set these headers for others.
        names.append(urlsplit(public_url).netloc)
        names.append(connection.headers.get("x-forwarded-host", "").partition(",")[0].strip())
    return [name for name in names if name]


def _host(netloc: str, scheme: str) -> str:
    return netloc.lower().removesuffix(_DEFAULT_PORTS[scheme])


def own_address(connection: Connection, public_url: str | None) -> str:
    """Our own address as the outside knows it, without a slash at its end."""
    return public_url or f"{connection.url.scheme}://{connection.headers.get('host', '')}"
