"""Whom the machine trusts, read once: the file takes longer than most of what is said over TLS."""

import functools
import ssl


@functools.cache
def trusted() -> ssl.SSLContext:
    """Certificates and host names are checked. A change of the machine's store needs a restart."""
    return ssl.create_default_context()
