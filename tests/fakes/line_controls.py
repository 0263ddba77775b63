"""Setting the scene of the fake LINE platform over HTTP: `GET|POST /_fake/…`, JSON bodies.

journal, refused                       what was accepted, what was refused
fail {"kind","times","accept","seconds"}   the next calls: 500, slow, drop, rate, quota
clock {"advance_s"} or {"at_s"}        move or stop the clock
quota {"limit","used"}  rate {"per_s"} token {"token","expires_in_s"}
block {"user"}  unblock {"user"}  profile {"user", …}  webhook {"endpoint","active"}
content {"id","type","data" base64,"status","expires_in_s"}   reply-token {"token","to"}
redelivered {"token"}                  its event was delivered again: the token has a new minute
"""

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tests.fakes.line_platform import LinePlatform

Given = dict[str, Any]


class Fault(NamedTuple):
    """What goes wrong with a coming call; `accept` lets it take effect before."""

    kind: str
    accept: bool = False
    seconds: float = 0.0


def fail(platform: "LinePlatform", given: Given) -> None:
    fault = Fault(str(given["kind"]), bool(given.get("accept")), float(given.get("seconds", 0.0)))
    platform.faults += [fault] * int(given.get("times", 1))


def clock(platform: "LinePlatform", given: Given) -> None:
    if "at_s" in given:
        platform.fixed_now_s, platform.clock_offset_s = float(given["at_s"]), 0.0
    platform.clock_offset_s += float(given.get("advance_s", 0.0))


def quota(platform: "LinePlatform", given: Given) -> None:
    platform.quota = given.get("limit", platform.quota)
    platform.used = given.get("used", platform.used)


def rate(platform: "LinePlatform", given: Given) -> None:
    platform.rate_per_s = given["per_s"]


def token(platform: "LinePlatform", given: Given) -> None:
    life = given.get("expires_in_s")
    platform.tokens[given["token"]] = None if life is None else platform.now_s() + life


def block(platform: "LinePlatform", given: Given) -> None:
    platform.blocked.add(given["user"])


def unblock(platform: "LinePlatform", given: Given) -> None:
    platform.blocked.discard(given["user"])


def profile(platform: "LinePlatform", given: Given) -> None:
    platform.profiles[given["user"]] = {k: v for k, v in given.items() if k != "user"}


def webhook(platform: "LinePlatform", given: Given) -> None:
    platform.webhook = {**platform.webhook, **given}


def content(platform: "LinePlatform", given: Given) -> None:
    life = given.get("expires_in_s")
    platform.content[given["id"]] = {
        "type": given.get("type", "application/octet-stream"),
        "data": base64.b64decode(given.get("data", "")),
        "status": given.get("status", "succeeded"),
        "expires_at": float("inf") if life is None else platform.now_s() + life,
    }


def reply_token(platform: "LinePlatform", given: Given) -> None:
    platform.registered[given["token"]] = (given["to"], int(platform.now_s() * 1000))


def redelivered(platform: "LinePlatform", given: Given) -> None:
    platform.renew(given["token"])


CONTROLS: dict[str, Callable[["LinePlatform", Given], Any]] = {
    "GET /_fake/journal": lambda platform, _: platform.journal,
    "GET /_fake/refused": lambda platform, _: platform.refused,
    "POST /_fake/fail": fail,
    "POST /_fake/clock": clock,
    "POST /_fake/quota": quota,
    "POST /_fake/rate": rate,
    "POST /_fake/token": token,
    "POST /_fake/block": block,
    "POST /_fake/unblock": unblock,
    "POST /_fake/profile": profile,
    "POST /_fake/webhook": webhook,
    "POST /_fake/content": content,
    "POST /_fake/reply-token": reply_token,
    "POST /_fake/redelivered": redelivered,
}
