"""The demo shop has a past, told once."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from kaiwa.commands.demo import demo_data, demo_folder, live_through, seed
from kaiwa.commands.demo_story import Storyteller, read_story
from kaiwa.conversations.form_asking import exported_form_answers
from kaiwa.desk.queue import Wanted, listed
from kaiwa.engines.queue import run_at
from kaiwa.house import build
from kaiwa.migrations import migrate
from kaiwa.settings import read_settings


def test_the_demo_begins_with_conversations_in_every_state(tmp_path: Path) -> None:
    settings = read_settings(str(tmp_path))
    migrate(settings.database_url)
    house = build(settings)
    place = seed(house)
    assert place is not None
    folder = demo_folder()
    spoken_of = live_through(house, place)
    story = read_story(folder / "conversations.jsonl", spoken_of)
    assert len(story) >= 25
    assert not any("{order" in (step.say or "") for told in story for step in told.steps)
    asyncio.run(Storyteller(house, place, folder).tell(story))
    merchant_id = place.merchant.id
    found = [
        house.db.read_now(lambda s, v=view: listed(s, merchant_id, Wanted(v, 1))).conversations  # type: ignore[misc]
        for view in ("open", "closed")
    ]
    opened = Counter(conv.answered_by for conv in found[0])
    assert set(opened) == {"bot", "agent", "nobody"}
    assert len(found[1]) == 4
    assert {conv.language for conv in found[0]} == {"ja", "en"}
    assert all(conv.opened_at < house.clock.now() for conv in found[0])
    # An agent has put a form to somebody, who filled it in and waits.
    filled = house.db.read_now(lambda s: list(exported_form_answers(s, merchant_id, 0)))
    ((_, noshi),) = filled
    assert noshi["title"] == "のしの名入れ"
    assert noshi["answers"][1]["values"] == ["村田"]
    # What may be recommended is learned by the server, once it runs.
    assert [row[1] for row in house.db.read_now(run_at)] == ["learn"]
    assert seed(house) is None
    house.db.close()


def test_the_demo_lives_where_it_is_told_and_else_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAIWA_DATA", raising=False)
    assert demo_data(None) == ".kaiwa/demo"
    monkeypatch.setenv("KAIWA_DATA", "/srv/kaiwa")
    assert demo_data(None) == "/srv/kaiwa"
    assert demo_data("/tmp/elsewhere") == "/tmp/elsewhere"
