"""A form as a page without a script, and the same form in the shop's own chat."""

from kaiwa.conversations.conversation import Opening, current
from kaiwa.conversations.form import FormAs, InBoth, Option, Question, create_form
from kaiwa.conversations.form_asking import OPEN_FOR, Asking, ask_form
from kaiwa.customers.identity import identity
from kaiwa.engines.db import Session
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.agent import NewAgent, add_agent
from kaiwa.web.form_link import form_link
from tests.web.doors import NOW, Doors
from tests.web.hosted.window import Window

HOSTILE = '"><script>alert(1)</script>'
WANTED = FormAs(
    title=Option("採寸フォーム", "Measuring"),
    intro=InBoth(HOSTILE),
    questions=(
        Question("text", Option("お名前", "Name")),
        Question("choice", Option("色"), options=(Option(HOSTILE), Option("白"))),
        Question("choices", Option("用途"), False, options=(Option("自宅"), Option("贈り物"))),
        Question("date", Option("ご希望日"), False, Option("わかれば")),
        Question("consent", Option("同意します")),
    ),
)


async def asked(doors: Doors, token: str) -> tuple[Asking, str]:
    """The form, put to whoever holds the token of the chat; and the path of its page."""
    await doors.ask("GET", "events?wait_s=0", token)

    def put(session: Session) -> Asking:
        row = session.one("SELECT max(id), max(merchant_id) FROM identity")
        assert row is not None
        where = identity(session, row[1], row[0])
        conv = current(session, where, Opening("ja", "bot"), NOW)
        agent = add_agent(
            session, row[1], NewAgent("a@shop.example", "Aoi", "agent", "long enough to pass"), NOW
        )
        made = create_form(session, row[1], WANTED, NOW)
        return ask_form(session, conv, where, made, (agent.id, NOW))

    found = doors.db.write_now(put)
    return found, form_link(Secrets(bytes(range(32))), "", found)


async def test_the_page_is_filled_without_a_script_and_says_what_is_wrong(doors: Doors) -> None:
    _, path = await asked(doors, await doors.visitor())
    window = Window(doors)
    await window.go(path)
    body = window.answer.body.decode()
    assert window.answer.status == 200
    assert "採寸フォーム" in window.text
    assert HOSTILE not in body
    assert "&#34;&gt;&lt;script&gt;" in body
    before = doors.rows()
    await window.send(path, q1=HOSTILE, q4="2026-02-30")
    assert window.answer.status == 422
    body = window.answer.body.decode()
    assert "日付をご記入ください" in window.text
    assert body.count('aria-invalid="true"') + body.count("choices wrong") == 3
    assert HOSTILE not in body
    assert doors.rows() == before
    await window.send(path, q2="白", q4="2026/12/24", q5="yes")
    assert window.answer.status == 200
    assert "受け取りました" in window.text
    text = doors.all("SELECT text, state FROM message WHERE direction = 'in'")
    assert text == [
        (
            f"採寸フォーム\nお名前: {HOSTILE}\n色: 白\nご希望日: 2026-12-24\n同意します: ✓",
            "accepted",
        )
    ]


async def test_it_is_taken_once_from_two_tabs_and_never_shown_again(doors: Doors) -> None:
    _, path = await asked(doors, await doors.visitor())
    one, two = Window(doors), Window(doors)
    for window in (one, two):
        await window.go(path)
    await one.send(path, q1="みか", q2="白", q5="yes")
    await two.send(path, q1="けん", q2="白", q5="yes")
    assert "受け取りました" in two.text
    assert "みか" not in two.text
    assert doors.count("message", "direction = 'in'") == 1


async def test_a_forged_old_or_foreign_link_opens_nothing(doors: Doors) -> None:
    found, path = await asked(doors, await doors.visitor())
    window = Window(doors, "en")
    await window.go(path[:-3] + "AAA")
    assert (window.answer.status, "link has ended" in window.text) == (404, True)
    # Without the page's own token nothing is taken.
    await window.post(path, [("q1", "x"), ("once", "k1")])
    assert window.answer.status == 403
    doors.clock.move(OPEN_FOR.total_seconds() + 1)
    await window.go(path)
    assert window.answer.status == 404
    assert doors.count("form_asking", f"id = {found.id} AND answered_at IS NULL") == 1


async def test_the_chat_takes_it_once_from_whom_it_was_put_to(doors: Doors) -> None:
    token = await doors.visitor()
    found, _ = await asked(doors, token)
    values = {"q1": ["みか"], "q2": ["白"], "q5": ["yes"]}
    body = {"asked": found.id, "client_id": "k1", "values": values}
    stranger = await doors.visitor()
    before = doors.rows()
    assert (await doors.ask("POST", "forms", stranger, body=body)).status == 404
    assert (await doors.ask("POST", "forms", body=body)).status == 401
    wrong = await doors.ask("POST", "forms", token, body=body | {"values": {"q1": ["\n"]}})
    assert (wrong.status, wrong.json["detail"]["fields"]) == (
        400,
        {"q1": "required", "q2": "required", "q5": "required"},
    )
    for odd in ({"asked": "1"}, {"values": {"q1": "x"}}, {"values": {"q1": ["\0"]}}, {"asked": 0}):
        assert (await doors.ask("POST", "forms", token, body=body | odd)).status == 400
    assert doors.rows() == before
    for _ in range(2):
        answer = await doors.ask("POST", "forms", token, body=body)
        assert (answer.status, answer.json) == (200, {"client_id": "k1", "asked": found.id})
    assert (await doors.ask("POST", "forms", token, body=body | {"client_id": "k2"})).status == 409
    assert doors.count("message", "direction = 'in'") == 1
    assert doors.count("message", "client_id = 'k1' AND direction = 'in'") == 1
