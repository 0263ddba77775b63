"""How the shop routes: seen and changed by those who may, with what each agent can do."""

from typing import Annotated, Any, TypeAlias, TypedDict

import msgspec
from litestar import Request, get, post
from litestar.params import JSONBody

from kaiwa.conversations.calling import call_router
from kaiwa.engines.db import Session
from kaiwa.merchants.ability import Ability, abilities, set_ability
from kaiwa.merchants.agent import Agent, agents
from kaiwa.merchants.inbox import inboxes
from kaiwa.merchants.merchant import merchant
from kaiwa.merchants.routing import (
    InboxTargets,
    Routing,
    Rule,
    Target,
    change_routing,
    routing,
)
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.money import minor_digits
from kaiwa.vocabulary.priority import Priority
from kaiwa.web.desk_door import BodyId, Desk
from kaiwa.web.errors import refusals
from kaiwa.web.row_shape import PersonShape

Asking = Request[Any, Any, Any]
Minutes: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=43_200)] | None
Channel: TypeAlias = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[a-z_]+$")]
Skill: TypeAlias = Annotated[str, msgspec.Meta(max_length=100, pattern=r"^[^\x00]*$")]
Share: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=100)]


class TargetBody(msgspec.Struct, frozen=True):
    """Minutes of office time; null: no target."""

    first_m: Minutes = None
    next_m: Minutes = None
    resolution_m: Minutes = None


class RuleBody(msgspec.Struct, frozen=True):
    """What all fits needs the skill, or becomes this urgent."""

    inbox: BodyId | None = None
    language: Language | None = None
    priority: Priority | None = None
    value_minor: Annotated[int, msgspec.Meta(ge=1, le=10**15)] | None = None
    waited_m: Minutes = None
    skill: Skill | None = None
    raise_to: Priority | None = None


class InboxTargetsBody(msgspec.Struct, frozen=True):
    """Targets of one inbox."""

    inbox: BodyId
    targets: dict[Priority, TargetBody] = {}


class AbilityBody(msgspec.Struct, frozen=True):
    """What one agent can do."""

    agent: BodyId
    skills: Annotated[list[Skill], msgspec.Meta(max_length=30)] = []
    languages: Annotated[list[Language], msgspec.Meta(max_length=2)] = []
    capacity: Share | None = None


class RoutingBody(msgspec.Struct, frozen=True):
    """All of it; agents that are not named keep what they had."""

    on: bool = False
    capacity: Share = 6
    weights: dict[Channel, Annotated[int, msgspec.Meta(ge=0, le=20)]] = {}
    grace_s: Annotated[int, msgspec.Meta(ge=0, le=3600)] = 120
    widen_m: Minutes = 10
    by_language: bool = True
    rules: Annotated[list[RuleBody], msgspec.Meta(max_length=50)] = []
    targets: dict[Priority, TargetBody] = {}
    inbox_targets: Annotated[list[InboxTargetsBody], msgspec.Meta(max_length=100)] = []
    abilities: Annotated[list[AbilityBody], msgspec.Meta(max_length=1000)] = []
    untouched_m: Minutes = None

    def settings(self) -> Routing:
        """The same as the shop keeps it."""
        own = (InboxTargets(one.inbox, _targets(one.targets)) for one in self.inbox_targets)
        return Routing(
            self.on,
            self.capacity,
            dict(self.weights),
            self.grace_s,
            self.widen_m,
            self.by_language,
            tuple(Rule(**msgspec.structs.asdict(one)) for one in self.rules),
            _targets(self.targets),
            tuple(own),
            self.untouched_m,
        )


class RoutedInbox(TypedDict):
    """An inbox that rules and targets may name."""

    id: int
    name: str
    channel: str


class RoutingShape(TypedDict):
    """How the shop routes, with the agents and inboxes that can be named.

    `decimals` is how many the currency has; `hours_told`: the shop has said when it is open.
    """

    on: bool
    capacity: int
    weights: dict[str, int]
    grace_s: int
    widen_m: int | None
    by_language: bool
    rules: list[RuleBody]
    targets: dict[Priority, TargetBody]
    inbox_targets: list[InboxTargetsBody]
    untouched_m: int | None
    abilities: list[AbilityBody]
    agents: list[PersonShape]
    inboxes: list[RoutedInbox]
    currency: str
    decimals: int
    hours_told: bool


@get("/routing", responses=refusals(401, 403, 503))
async def the_routing(request: Asking) -> RoutingShape:
    """How the shop routes. Owners and admins only."""
    desk = await Desk.of(request, "set_routing")
    return await desk.read(lambda s: _shape(s, desk))


@post("/routing", status_code=200, responses=refusals(400, 401, 403, 404, 413, 503))
async def set_the_routing(request: Asking, data: JSONBody[RoutingBody]) -> RoutingShape:
    """Keep these settings in the place of those before. Owners and admins only."""
    desk = await Desk.of(request, "set_routing")

    def keep(session: Session) -> RoutingShape:
        actor = f"agent:{desk.agent.id}"
        change_routing(session, desk.merchant_id, data.settings(), actor, desk.now)
        for one in data.abilities:
            told = Ability(tuple(one.skills), tuple(one.languages), one.capacity)
            set_ability(session, desk.merchant_id, (one.agent, actor), told, desk.now)
        # What is in the queue may have somewhere to go now.
        call_router(session, desk.merchant_id, desk.now)
        return _shape(session, desk)

    return await desk.context.db.write(keep)


def _targets(told: dict[Priority, TargetBody]) -> dict[Priority, Target]:
    found = {name: Target(one.first_m, one.next_m, one.resolution_m) for name, one in told.items()}
    return {name: one for name, one in found.items() if one != Target()}


def _shape(session: Session, desk: Desk) -> RoutingShape:
    shop = merchant(session, desk.merchant_id)
    settings = routing(session, desk.merchant_id)
    able = abilities(session, desk.merchant_id)
    return {
        "on": settings.on,
        "capacity": settings.capacity,
        "weights": settings.weights,
        "grace_s": settings.grace_s,
        "widen_m": settings.widen_m,
        "by_language": settings.by_language,
        "rules": [RuleBody(**msgspec.structs.asdict(one)) for one in settings.rules],
        "targets": _bodies(settings.targets),
        "inbox_targets": [
            InboxTargetsBody(one.inbox, _bodies(one.targets)) for one in settings.inbox_targets
        ],
        "untouched_m": settings.untouched_m,
        "abilities": [
            _ability(one.id, able.get(one.id, Ability())) for one in _people(session, desk)
        ],
        "agents": [{"id": one.id, "name": one.name} for one in _people(session, desk)],
        "inboxes": [
            {"id": one.id, "name": one.name, "channel": one.channel}
            for one in inboxes(session, desk.merchant_id)
        ],
        "currency": shop.currency,
        "decimals": minor_digits(shop.currency),
        "hours_told": shop.settings.voice.hours.are_told,
    }


def _people(session: Session, desk: Desk) -> list[Agent]:
    return agents(session, desk.merchant_id)


def _ability(agent_id: int, told: Ability) -> AbilityBody:
    return AbilityBody(agent_id, list(told.skills), list(told.languages), told.capacity)


def _bodies(targets: dict[Priority, Target]) -> dict[Priority, TargetBody]:
    return {
        name: TargetBody(one.first_m, one.next_m, one.resolution_m) for name, one in targets.items()
    }


HANDLERS = [the_routing, set_the_routing]
