"""How a shop gives conversations to its people, and within what time it wants them answered."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.inbox import inbox
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.priority import PRIORITIES, Priority

MOST_RULES: Final = 50
LONGEST_SKILL: Final = 40
MOST_CAPACITY: Final = 100
MOST_WEIGHT: Final = 20
LONGEST_M: Final = 60 * 24 * 30


class Target(msgspec.Struct, frozen=True, omit_defaults=True):
    """Minutes of office time within which something is to be done; None: no target."""

    first_m: int | None = None
    next_m: int | None = None
    resolution_m: int | None = None


class InboxTargets(msgspec.Struct, frozen=True):
    """Targets of one inbox in the place of the shop's own."""

    inbox: int
    targets: dict[Priority, Target] = {}


class Rule(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is None does not matter; what all fits needs `skill`, or becomes `priority` at once.

    `value_minor`: the customer has bought for at least so much. `waited_m`: has waited so long.
    """

    inbox: int | None = None
    language: Language | None = None
    priority: Priority | None = None
    value_minor: int | None = None
    waited_m: int | None = None
    skill: str | None = None
    raise_to: Priority | None = None


class Routing(msgspec.Struct, frozen=True, omit_defaults=True):
    """`capacity` is an agent's unless they have their own; a channel without a weight counts 1.

    Who is gone for `grace_s` loses what waits for their answer. After `widen_m` minutes of waiting
    skills and language are a wish and no condition any more (None: never). What was given and not
    touched for `untouched_m` minutes goes to somebody else (None: it stays).
    """

    on: bool = False
    capacity: int = 6
    weights: dict[str, int] = {}
    grace_s: int = 120
    widen_m: int | None = 10
    by_language: bool = True
    rules: tuple[Rule, ...] = ()
    targets: dict[Priority, Target] = {}
    inbox_targets: tuple[InboxTargets, ...] = ()
    untouched_m: int | None = None

    @property
    def grace(self) -> timedelta:
        """How long who is gone may stay away before what waits goes to others."""
        return timedelta(seconds=self.grace_s)

    def weight(self, channel: str) -> int:
        """How much of an agent's capacity a conversation on this channel takes."""
        return self.weights.get(channel, 1)

    def target(self, priority: Priority, inbox_id: int | None) -> Target:
        """The targets of a conversation: its inbox's, where it has some for this priority."""
        for own in self.inbox_targets:
            if own.inbox == inbox_id and priority in own.targets:
                return own.targets[priority]
        return self.targets.get(priority, Target())


def routing(session: Session, merchant_id: int) -> Routing:
    """The shop's settings; those of who has never set any are off."""
    row = session.one(
        "SELECT settings FROM routing WHERE merchant_id = :merchant_id", merchant_id=merchant_id
    )
    return Routing() if row is None else msgspec.json.decode(row[0], type=Routing)


def held_routing(session: Session, merchant_id: int) -> Routing:
    """The settings, held: nobody else routes for this shop in the meantime."""
    session.one(
        f"SELECT 1 FROM routing WHERE merchant_id = :merchant_id{session.lock}",
        merchant_id=merchant_id,
    )
    return routing(session, merchant_id)


def change_routing(
    session: Session, merchant_id: int, wanted: Routing, actor: str, now: datetime
) -> Routing:
    """Keep these settings in the place of those before; `Invalid` names what cannot be."""
    new = _possible(session, merchant_id, wanted)
    old = routing(session, merchant_id)
    session.run(
        """INSERT INTO routing (merchant_id, settings, changed_at)
        VALUES (:merchant_id, :settings, :now) ON CONFLICT (merchant_id)
        DO UPDATE SET settings = excluded.settings, changed_at = excluded.changed_at""",
        merchant_id=merchant_id,
        settings=msgspec.json.encode(new).decode(),
        now=now,
    )
    names = [one for one in Routing.__struct_fields__ if getattr(old, one) != getattr(new, one)]
    if names:
        deed = Deed(actor, "changed_routing", f"merchant:{merchant_id}", {"names": names})
        write_down(session, merchant_id, deed, now)
    return new


def skill_of(text: str) -> str:
    """A skill's name in order; `Invalid`."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_SKILL or "\0" in name:
        raise Invalid(f"A skill has 1 to {LONGEST_SKILL} characters.", field="skills")
    return name


def _possible(session: Session, merchant_id: int, wanted: Routing) -> Routing:
    _within("capacity", wanted.capacity, (0, MOST_CAPACITY))
    _within("grace", wanted.grace_s, (0, 3600))
    _within("widen", wanted.widen_m, (1, LONGEST_M))
    _within("untouched", wanted.untouched_m, (1, LONGEST_M))
    for weight in wanted.weights.values():
        _within("weights", weight, (0, MOST_WEIGHT))
    if len(wanted.rules) > MOST_RULES:
        raise Invalid(f"At most {MOST_RULES} rules are kept.", field="rules")
    for own in wanted.inbox_targets:
        inbox(session, merchant_id, own.inbox)
    for targets in (wanted.targets, *(own.targets for own in wanted.inbox_targets)):
        for one in targets.values():
            for minutes in (one.first_m, one.next_m, one.resolution_m):
                _within("targets", minutes, (1, LONGEST_M))
    rules = tuple(_rule(session, merchant_id, one) for one in wanted.rules)
    return msgspec.structs.replace(wanted, rules=rules)


def _rule(session: Session, merchant_id: int, rule: Rule) -> Rule:
    if (rule.skill is None) == (rule.raise_to is None):
        raise Invalid("A rule asks for a skill, or sets a priority.", field="rules")
    if rule.raise_to is not None and (rule.raise_to not in PRIORITIES or rule.waited_m):
        raise Invalid("A priority is set when somebody begins to wait.", field="rules")
    if rule.inbox is not None:
        inbox(session, merchant_id, rule.inbox)
    _within("rules", rule.value_minor, (1, 10**15))
    _within("rules", rule.waited_m, (1, LONGEST_M))
    if rule.skill is None:
        return rule
    return msgspec.structs.replace(rule, skill=skill_of(rule.skill))


def _within(field: str, number: int | None, bounds: tuple[int, int]) -> None:
    if number is not None and not bounds[0] <= number <= bounds[1]:
        raise Invalid(
            f"{field} must be from {bounds[0]} to {bounds[1]}.", field=field, reason="routing"
        )
