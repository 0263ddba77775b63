"""What a shop has that another one may neither read nor change: one of each kind."""

from typing import Any

import msgspec

from kaiwa.conversations import (
    conversation,
    form,
    form_asking,
    label,
    media,
    merge,
    note,
    rating,
    short_link,
)
from kaiwa.customers import consent, identity
from kaiwa.engines.db import Session
from kaiwa.merchants import (
    ability,
    agent,
    attendance,
    audit,
    language_model,
    second_factor,
    store,
    team,
    template,
)
from kaiwa.vocabulary.content import File
from kaiwa.vocabulary.event import PageViewed
from kaiwa.vocabulary.template import Template
from tests.world import SECRETS, START, Shop

EVIDENCE = identity.Evidence("one_time_code", "a code", "agent:1")
MARK = "乙だけの言葉"
FILE = File("k" * 32, "a.png", "image/png", 3)


class Theirs(msgspec.Struct, frozen=True):
    """The ids of another merchant's things, and one customer of our own."""

    agent: int
    inbox: int
    event: int
    customer: int
    identity: int
    conversation: int
    message: int
    failed: int
    merge: int
    my_customer: int
    my_agent: int
    file: str
    key: str
    store: int
    label: int
    team: int
    form: int
    asking: int


def form_of(title: str) -> form.FormAs:
    return form.FormAs(form.Option(title), (form.Question("text", form.Option(title)),))


def furnish(shop: Shop, mark: str) -> None:
    """Something of every kind."""
    world, ren, aoi = shop.world, shop.agent("ren"), shop.agent()
    world.deliver_all()
    shop.hear(f"{mark} 一", said_id=f"theirs-{shop.id}")
    shop.hear(f"{mark} 二", sender="ren", on="chirp")
    shop.hear(PageViewed(f"https://shop.example/{mark}", mark))
    world.echo.moods.append("window_closed")
    shop.say(f"{mark} 失敗", dedupe_key=f"theirs-{shop.id}")
    world.deliver_all()
    conv = shop.open()
    new = note.NewNote(conv.id, aoi.id, "n-1", mark)
    world.write(lambda s: note.write_note(s, shop.id, new, START))
    world.write(lambda s: second_factor.begin_factor(s, aoi, SECRETS, START))
    turned_on = "UPDATE second_factor SET on_since = 1 WHERE agent_id = :a"
    world.write(lambda s: s.run(turned_on, a=aoi.id))
    called = note.NewNote(conv.id, ren.id, "n-2", f"@{aoi.name} {mark}")
    world.write(lambda s: note.write_note(s, shop.id, called, START))
    given_consent = consent.ConsentGiven("granted", mark)
    there = shop.person().id
    world.write(lambda s: consent.record_consent(s, shop.id, there, given_consent, START))
    world.write(lambda s: audit.write_down(s, shop.id, audit.Deed(mark, "x", "y"), START))
    here = store.NewStore("embedded", mark)
    world.write(lambda s: store.add_store(s, shop.id, here, SECRETS, START))
    model = language_model.NewModel("openai", mark, None, "key")
    world.write(lambda s: language_model.set_model(s, shop.id, model, SECRETS, START))
    kept = msgspec.structs.replace(FILE, key=f"file-{shop.id}", name=mark)
    world.write(lambda s: media.keep_file(s, shop.id, kept, "agent:1", START))
    pair = (shop.person().customer_id, shop.person("ren", "chirp").customer_id)
    world.write(lambda s: merge.merge_customers(s, shop.id, pair, EVIDENCE, START))
    shop.say(f"{mark} 待ち")
    put = world.write(lambda s: label.create_label(s, shop.id, mark, START))
    on = (shop.open().id, aoi.id)
    labelling = label.Labelling((put.id,))
    world.write(lambda s: label.change_labels(s, shop.id, on, labelling, START))
    whose = team.TeamAs(mark, (aoi.id,))
    world.write(lambda s: team.create_team(s, shop.id, whose, START))
    able = ability.Ability((mark,))
    world.write(lambda s: ability.set_ability(s, shop.id, (aoi.id, "agent:1"), able, START))
    world.write(lambda s: attendance.note_seen(s, shop.id, aoi.id, START))
    world.write(lambda s: rated(s, on, mark))
    link = [(f"code{shop.id}", f"https://{mark}.example")]
    last = shop.messages(shop.open())[-1].id
    world.write(lambda s: short_link.keep_links(s, shop.id, last, link, START))
    words = Template(name="theirs", language="ja", category="utility", status="approved")
    box = shop.inboxes["echo"]
    world.write(lambda s: template.take_templates(s, box, [words], START))
    here_now, talk = shop.person(), shop.open()
    world.write(lambda s: asked(s, here_now, talk.id, (aoi.id, mark)))


def asked(
    session: Session, where: identity.Identity, conversation_id: int, by: tuple[int, str]
) -> None:
    shop_id = where.merchant_id
    kept = form.create_form(session, shop_id, form_of(by[1]), START)
    conv = conversation.held(session, shop_id, conversation_id)
    form_asking.ask_form(session, conv, where, kept, (by[0], START))


def rated(session: Session, ids: tuple[int, int], mark: str) -> None:
    session.run(
        """INSERT INTO rating (conversation_id, merchant_id, agent_id, definition, asked_at, score,
        words) SELECT id, merchant_id, :agent, :definition, :now, 5, :words FROM conversation
        WHERE id = :id""",  # every merchant: the id is one's
        agent=ids[1],
        definition=rating.DEFINITION,
        now=START,
        words=mark,
        id=ids[0],
    )


def theirs_of(shop: Shop, mine: Shop) -> Theirs:
    """The ids of what `shop` has, for `mine` to try."""

    def look(session: Session, sql: str) -> Any:
        row = session.one(sql, m=shop.id)
        assert row is not None
        return row[0]

    def newest(session: Session, table: str, where: str = "1 = 1") -> Any:
        return look(session, f"SELECT max(id) FROM {table} WHERE merchant_id = :m AND {where}")

    conv, person = shop.open(), shop.person()
    mine_customer = mine.person().customer_id
    my_agent = mine.world.read(lambda s: agent.agents(s, mine.id)[0].id)
    return shop.world.read(
        lambda s: Theirs(
            agent=newest(s, "agent"),
            inbox=shop.inboxes["echo"].id,
            event=newest(s, "inbound_event"),
            customer=person.customer_id,
            identity=person.id,
            conversation=conv.id,
            message=newest(s, "message"),
            failed=newest(s, "message", "state = 'failed'"),
            merge=newest(s, "customer_merge"),
            my_customer=mine_customer,
            my_agent=my_agent,
            file=f"file-{shop.id}",
            key=f"theirs-{shop.id}",
            store=newest(s, "store"),
            label=newest(s, "label"),
            team=newest(s, "team"),
            form=newest(s, "form"),
            asking=newest(s, "form_asking"),
        )
    )
