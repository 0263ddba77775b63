"""A form is put to a customer as a flow, and what they fill in is the form's answer."""

import json
from typing import Any

import pytest

from kaiwa.conversations.conversation import held, open_of
from kaiwa.conversations.form import FormAs, Option, Question, change_form, create_form
from kaiwa.conversations.form_asking import Asking, ask_form, asking
from kaiwa.conversations.form_flow import FormFlow
from kaiwa.conversations.form_flows import connect_flows
from kaiwa.conversations.message import Message, messages_before
from kaiwa.engines.db import Database
from kaiwa.merchants.agent import NewAgent, add_agent
from kaiwa.vocabulary.content import Filled, FormAnswer, Text
from kaiwa.vocabulary.reply import Reply
from tests.channels.whatsapp.conftest import NOW, USER
from tests.channels.whatsapp.test_story import Story
from tests.fakes.whatsapp_platform import WhatsAppPlatform

OTHER = "JP.99991208655302741918"
WANTED = FormAs(
    Option("採寸", "Measuring"),
    (
        Question("number", Option("手首", "Wrist")),
        Question("choices", Option("色", "Colour"), options=(Option("藍"), Option("白"))),
        Question("consent", Option("同意します"), required=False),
    ),
)


class Asked(Story):
    """The shop has a form with a published flow; the customer has written."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.platform.flows["4242"] = ("PUBLISHED", {"FORM"})
        flow = FormFlow(self.box.id, "ja", "4242", "FORM")
        made = self.db.write_now(lambda s: create_form(s, self.shop.id, WANTED, NOW))
        self.form = self.db.write_now(
            lambda s: connect_flows(s, self.shop.id, made.id, [flow], NOW)
        )
        new = NewAgent("ken@shop.example", "Ken", "agent", "long enough to pass")
        self.agent = self.db.write_now(lambda s: add_agent(s, self.shop.id, new, NOW))
        self.hear(self.meta.text("採寸したいです", USER))

    def ask(self) -> Asking:
        """The form is sent; how it was asked."""
        where = self.person()

        def put(session: Any) -> Asking:
            conv = open_of(session, self.shop.id, where.customer_id)
            assert conv is not None
            here = held(session, self.shop.id, conv.id)
            return ask_form(session, here, where, self.form, (self.agent.id, NOW))

        found = self.db.write_now(put)
        assert self.send(Reply((found.form,))).state == "accepted"
        return found

    def fills(self, found: Asking, user: str = USER, **values: Any) -> None:
        told = json.dumps({"flow_token": f"form:{found.id}", **values})
        filled = {"name": "flow", "body": "Sent", "response_json": told}
        given = {"type": "nfm_reply", "nfm_reply": filled}
        self.hear(self.meta.message("interactive", user, interactive=given))

    def last(self, user: str = USER) -> Message:
        where = self.person(user)
        conv = self.db.write_now(lambda s: open_of(s, self.shop.id, where.customer_id))
        assert conv is not None
        return self.db.read_now(lambda s: messages_before(s, self.shop.id, conv.id, 1_000, 1))[-1]

    def answered(self, found: Asking) -> bool:
        now = self.db.read_now(lambda s: asking(s, self.shop.id, found.id))
        return now.answered_at is not None


@pytest.fixture
def story(database: Database, platform: WhatsAppPlatform, account: Any) -> Asked:
    return Asked(database, platform, dict(account.credentials))


def test_what_is_filled_in_is_the_forms_answer(story: Asked) -> None:
    found = story.ask()
    (sent,) = story.platform.journal
    assert sent["interactive"]["action"]["parameters"]["flow_token"] == f"form:{found.id}"
    story.fills(found, q1="１５０", q2=["白", "藍"], q3=True)
    content = story.last().content
    assert isinstance(content, FormAnswer)
    assert content.filled == (
        Filled("q1", "手首", "number", ("150",)),
        Filled("q2", "色", "choices", ("藍", "白")),
        Filled("q3", "同意します", "consent", ("yes",)),
    )
    assert story.answered(found)


def test_what_does_not_fit_is_read_by_a_person_and_the_form_stays_open(story: Asked) -> None:
    found = story.ask()
    story.fills(found, q1="about this much", q2=["赤"])
    content = story.last().content
    assert content == Text('Sent\n手首: about this much\n色: ["赤"]')
    assert not story.answered(found)


def test_a_second_answer_is_kept_as_words(story: Asked) -> None:
    found = story.ask()
    story.fills(found, q1="150", q2=["白"])
    story.fills(found, q1="160", q2=["白"])
    assert story.last().content == Text('Sent\n手首: 160\n色: ["白"]')


def test_nobody_answers_what_somebody_else_was_asked(story: Asked) -> None:
    found = story.ask()
    story.fills(found, OTHER, q1="150", q2=["白"])
    assert not story.answered(found)
    assert story.last(OTHER).content == Text('Sent\nq1: 150\nq2: ["白"]')
    assert story.last().direction == "out"


@pytest.mark.parametrize("token", ["form:", "form:x", "form:999999", "form:" + "9" * 40])
def test_a_token_of_nothing_is_only_words(story: Asked, token: str) -> None:
    told = json.dumps({"flow_token": token, "q1": "150"})
    filled = {"name": "flow", "body": "Sent", "response_json": told}
    given = {"type": "nfm_reply", "nfm_reply": filled}
    story.hear(story.meta.message("interactive", USER, interactive=given))
    assert story.last().content == Text("Sent\nq1: 150")


def test_a_form_that_asks_something_else_now_goes_out_as_before(story: Asked) -> None:
    other = FormAs(WANTED.title, WANTED.questions[:1])
    story.form = story.db.write_now(
        lambda s: change_form(s, story.shop.id, story.form.id, other, NOW)
    )
    story.ask()
    (sent,) = story.platform.journal
    assert sent["type"] == "text"


def test_a_flow_that_meta_took_away_is_a_form_in_words(story: Asked) -> None:
    story.platform.flows = {}
    story.ask()
    (sent,) = story.platform.journal
    assert sent["type"] == "text"
    assert "手首" in sent["text"]["body"]
