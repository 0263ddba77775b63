"""A form is kept in both languages, put to a customer, and answered once, for people to read."""

from datetime import timedelta
from typing import Any

import pytest

from kaiwa.conversations.conversation import Conversation, held
from kaiwa.conversations.fact import HandoffRequested
from kaiwa.conversations.form import (
    FormAs,
    InBoth,
    Option,
    Question,
    ShopForm,
    change_form,
    create_form,
    form,
    forms,
    remove_form,
)
from kaiwa.conversations.form_asking import (
    OPEN_FOR,
    Asking,
    Given,
    answer_form,
    ask_form,
    asking,
    exported_form_answers,
)
from kaiwa.conversations.handoff import Act, close
from kaiwa.conversations.search import Search, find_messages
from kaiwa.vocabulary.content import Filled, FormAnswer
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from tests.world import Shop, World, dump

WANTED = FormAs(
    title=Option("採寸フォーム", "Measuring"),
    intro=InBoth("お手元で測ってください。", "Please measure at home."),
    questions=(
        Question("number", Option("手首まわり（mm）", "Wrist (mm)")),
        Question("choice", Option("色", "Colour"), options=(Option("藍", "Indigo"), Option("白"))),
        Question("consent", Option("同意します", "I agree"), required=False),
    ),
)


def kept(shop: Shop, wanted: FormAs = WANTED) -> ShopForm:
    return shop.world.write(lambda s: create_form(s, shop.id, wanted, shop.world.now))


def asked(shop: Shop, conv: Conversation, agent_id: int) -> Asking:
    found, now = kept(shop), shop.world.now
    where = shop.person()
    return shop.world.write(
        lambda s: ask_form(s, held(s, shop.id, conv.id), where, found, (agent_id, now))
    )


def answered(shop: Shop, found: Asking, key: str = "k1", **values: Any) -> Asking:
    given = Given(key, {"q1": ["150"], "q2": ["藍"]} | {n: [v] for n, v in values.items()})
    ids, world = (shop.id, found.id), shop.world
    return world.write(
        lambda s: answer_form(s, ids, given, lambda _, fact: world.facts.append(fact), world.now)
    )


def test_it_is_kept_changed_and_removed(world: World, shop: Shop) -> None:
    found = kept(shop)
    assert found.fields("ja")[1].options == ("藍", "白")
    # What is missing in a language is said in the other.
    assert found.fields("en")[1].options == ("Indigo", "白")
    other = FormAs(Option("一つだけ"), (Question("text", Option("お名前")),))
    world.write(lambda s: change_form(s, shop.id, found.id, other, world.now))
    assert world.read(lambda s: form(s, shop.id, found.id)).wanted == other
    world.write(lambda s: remove_form(s, shop.id, found.id, world.now))
    assert world.read(lambda s: forms(s, shop.id)) == []
    with pytest.raises(NotFound):
        world.read(lambda s: form(s, shop.id, found.id))


@pytest.mark.parametrize(
    "questions",
    [
        (),
        (Question("text", Option("  ")),),
        (Question("choice", Option("色"), options=(Option("藍"),)),),
        (Question("choices", Option("色"), options=(Option("藍"), Option("藍"))),),
        (Question("choice", Option("色"), options=(Option("藍", "Red"), Option("白", "Red"))),),
        (Question("text", Option("お名前"), options=(Option("藍"), Option("白"))),),
    ],
)
def test_what_cannot_be_asked_is_not_kept(
    world: World, shop: Shop, questions: tuple[Question, ...]
) -> None:
    before = dump(world.db, shop.id)
    with pytest.raises(Invalid):
        kept(shop, FormAs(Option("題"), questions))
    with pytest.raises(Invalid):
        kept(shop, FormAs(Option(" "), WANTED.questions))
    assert dump(world.db, shop.id) == before


def test_the_answer_is_one_message_that_people_read_and_find(world: World, shop: Shop) -> None:
    shop.hear("採寸したいです")
    conv = shop.open()
    found = asked(shop, conv, shop.agent().id)
    answered(shop, found)
    message = shop.messages(conv)[-1]
    content = message.content
    assert isinstance(content, FormAnswer)
    assert content.filled == (
        Filled("q1", "手首まわり（mm）", "number", ("150",)),
        Filled("q2", "色", "choice", ("藍",)),
        Filled("q3", "同意します", "consent", ()),
    )
    assert message.text == "採寸フォーム\n手首まわり（mm）: 150\n色: 藍"
    hits = world.read(lambda s: find_messages(s, shop.id, Search("手首", 5)))
    assert [one.message_id for one in hits] == [message.id]
    # The bot was answering: a person asked, so a person reads it.
    assert shop.open().answered_by == "nobody"
    assert HandoffRequested(shop.id, conv.id, "form_answered") in world.facts
    (line,) = [one for _, one in world.read(lambda s: exported_form_answers(s, shop.id, 0))]
    assert (line["title"], line["customer"]) == ("採寸フォーム", conv.customer_id)
    assert line["answers"][0] == {
        "label": "手首まわり（mm）",
        "kind": "number",
        "values": ["150"],
    }


def test_it_is_answered_once(world: World, shop: Shop) -> None:
    shop.hear("採寸したいです")
    conv = shop.open()
    found = asked(shop, conv, shop.agent().id)
    answered(shop, found)
    before = dump(world.db, shop.id)
    assert answered(shop, found).answer_key == "k1"
    with pytest.raises(Conflict):
        answered(shop, found, "k2", q1="151")
    assert dump(world.db, shop.id) == before


def test_what_is_wrong_changes_nothing(world: World, shop: Shop) -> None:
    shop.hear("採寸したいです")
    found = asked(shop, shop.open(), shop.agent().id)
    before = dump(world.db, shop.id)
    with pytest.raises(Invalid) as refused:
        answered(shop, found, q1="wide", q2="緑")
    assert refused.value.detail["fields"] == {"q1": "not_number", "q2": "not_choice"}
    assert dump(world.db, shop.id) == before


def test_a_form_changed_later_is_answered_as_it_was_asked(world: World, shop: Shop) -> None:
    shop.hear("採寸したいです")
    found = asked(shop, shop.open(), shop.agent().id)
    other = FormAs(Option("別のもの"), (Question("text", Option("お名前")),))
    (kept_form,) = world.read(lambda s: forms(s, shop.id))
    world.write(lambda s: change_form(s, shop.id, kept_form.id, other, world.now))
    world.write(lambda s: remove_form(s, shop.id, kept_form.id, world.now))
    assert answered(shop, found).answered_at == world.now


def test_after_two_weeks_it_is_gone(world: World, shop: Shop) -> None:
    shop.hear("採寸したいです")
    found = asked(shop, shop.open(), shop.agent().id)
    world.clock.move(OPEN_FOR.total_seconds() - 1)
    assert world.read(lambda s: asking(s, shop.id, found.id)).expires_at > world.now
    world.clock.move(1)
    with pytest.raises(NotFound):
        answered(shop, found)
    assert found.expires_at - timedelta(days=14) < world.now


def test_answered_after_closing_it_opens_a_conversation_for_people(
    world: World, shop: Shop
) -> None:
    shop.hear("採寸したいです")
    conv = shop.open()
    agent = shop.agent()
    found = asked(shop, conv, agent.id)
    world.write(lambda s: _closed(s, shop, conv, agent.id, world))
    answered(shop, found)
    opened = shop.open()
    assert opened.id != conv.id
    assert (opened.answered_by, opened.waiting_since) == ("nobody", world.now)


def _closed(session: Any, shop: Shop, conv: Conversation, agent_id: int, world: World) -> None:
    now = held(session, shop.id, conv.id)
    close(session, Act(shop.id, conv.id, agent_id, now.epoch), world.now)
