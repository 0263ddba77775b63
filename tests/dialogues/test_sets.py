"""The dialogues that nobody tunes on: how many go right may grow, and may not fall.

Only totals are told, never which: see README.md beside this file.
"""

from pathlib import Path

import pytest

from kaiwa.bot.evaluation.transcript import dialogues
from tests.dialogues.shops import HELD_OUT, HERE, OTHERS, open_held_out, retold, shares

LEAST = {"morikage": (0.80, 0.49), "harbor": (0.82, 0.61)}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("held_out")
    open_held_out(folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("merchant", sorted(HELD_OUT))
def test_what_was_never_looked_at_goes_right(merchant: str, data: Path) -> None:
    language = HELD_OUT[merchant][0]
    files = sorted((HERE / "held_out").glob(f"*.{language}.md"))
    turns, whole = shares(data, merchant, files)
    assert turns >= LEAST[merchant][0], f"{turns:.3f} of the turns"
    assert whole >= LEAST[merchant][1], f"{whole:.3f} of the dialogues"


def test_every_transcript_is_one_and_the_sets_are_large() -> None:
    every = {name: list(dialogues(HERE / name)) for name in ("open", "held_out", "retold")}
    turns = sum(len(one.said) for some in every.values() for one in some)
    assert len(every["open"]) >= 100
    assert len(every["held_out"]) >= 100
    assert len(every["retold"]) >= 30
    assert turns >= 1_000
    assert all(said.text for some in every.values() for one in some for said in one.said)


def test_every_retold_dialogue_is_of_a_shop_that_is_open() -> None:
    every = sorted((HERE / "retold").glob("*_*.md"))
    assert sorted(file for slug in OTHERS for file in retold(slug)) == every
