"""Whether the sender of a mail is who it says, by the word of the merchant's own receiving host.

RFC 8601. Only the topmost result of the host the merchant named counts: whoever sends can write
such a header, and the receiving host puts its own above.
"""

import re
from typing import Final

from kaiwa.channels.email.headers import Mail, people, raw_values
from kaiwa.vocabulary.event import Proof

_COMMENT: Final = re.compile(r"\([^()]*\)")
_RESULT: Final = re.compile(r"^\s*(dmarc|dkim)\s*=\s*([a-z]+)(.*)$", re.IGNORECASE | re.DOTALL)
_DOMAIN: Final = re.compile(r"header\.(?:from|d|i)\s*=\s*\"?(?:[^\s@;\"]*@)?([a-z0-9.-]+)", re.I)


def proof_of(mail: Mail, address: str, host: str) -> Proof:
    """What the host named `host` found out about `address`; a claim when it says nothing."""
    if not host:
        return Proof(False, "an address that anybody can write on a mail")
    told = _told_by(mail, host.lower())
    if told is None:
        return Proof(False, f"{host} says nothing of the sender")
    from_people = people(mail, "from")
    own = from_people[0].address if len(from_people) == 1 else ""
    domain = address.rpartition("@")[2]
    if own != address:
        return Proof(False, f"{host} vouches for another address")
    for method, result, rest in told:
        for found in _DOMAIN.findall(rest):
            if result == "pass" and _aligned(found.lower(), domain, strict=method == "dmarc"):
                return Proof(True, f"{host}: {method}=pass for {found.lower()}")
    return Proof(False, f"{host}: " + (", ".join(f"{m}={r}" for m, r, _ in told) or "no result"))


def _told_by(mail: Mail, host: str) -> list[tuple[str, str, str]] | None:
    for raw in raw_values(mail, "authentication-results"):
        said = _COMMENT.sub(" ", raw)
        name, _, rest = said.partition(";")
        if name.split()[:1] and name.split()[0].lower() == host:
            results = (_RESULT.match(one) for one in rest.split(";"))
            return [(one[1].lower(), one[2].lower(), one[3]) for one in results if one]
    return None


def _aligned(signed: str, domain: str, *, strict: bool) -> bool:
    """The same domain, or one above it (`example.jp` for `mail.example.jp`), never a whole TLD."""
    if signed == domain:
        return True
    return not strict and "." in signed and domain.endswith("." + signed) and len(signed) > 5
