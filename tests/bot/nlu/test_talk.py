"""The weights of the talk: what they see, and that they can be kept."""

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from kaiwa.bot.dialogue.state import Asked, Dialogue, Frame
from kaiwa.bot.nlu.act import ACTS
from kaiwa.bot.nlu.chance import Chance
from kaiwa.bot.nlu.talk.seen import Seen, told_of
from kaiwa.bot.nlu.talk.weights import (
    SEVERAL,
    TalkWeights,
    read_weights,
    talk_weights,
    write_weights,
)
from kaiwa.vocabulary.language import Language

ALONE = Seen("これ?", "これ?", "ja", (Chance("faq", 0.7), Chance("find_product", 0.3)), Dialogue())


def test_a_turn_is_seen_by_how_it_reads_and_by_what_came_before() -> None:
    frame = Frame("add_to_cart", asked=Asked("size"))
    before = Dialogue(last_act="add_to_cart", focus=(7,), frames=(frame,))
    told = told_of(
        Seen("M", "M", "en", (Chance("refine", 1.0),), before, 2, ("Size",), ("recency",))
    )
    kept = {name: value for name, value in told.items() if value and not name.startswith("piece")}
    assert kept == {
        "act refine": 1.2,
        "after add_to_cart": 1.0,
        "serving add_to_cart": 1.0,
        "asked size": 1.0,
        "one in focus": 1.0,
        "nothing shown": 1.0,
        "cart": 1.0,
        "long": 1 / 30,
        "short": 1.0,
        "value Size": 1.0,
        "way recency": 1.0,
    }


def test_pieces_are_words_in_english_and_letters_in_japanese() -> None:
    assert len([name for name in told_of(ALONE) if name.startswith("piece")]) == 14
    words = Seen("same again", "same again", "en", (), Dialogue())
    assert len([name for name in told_of(words) if name.startswith("piece")]) == 9


@pytest.mark.parametrize("language", get_args(Language))
def test_the_shipped_ones_tell_every_act_and_add_up(language: Language) -> None:
    likely = talk_weights(language).chances(ALONE)
    assert set(likely) == {*ACTS, SEVERAL}
    assert sum(likely.values()) == pytest.approx(1, abs=1e-5)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    weights = np.array([[0.0, 0.0], [2.0, 0.0]], np.float32)
    path = tmp_path / "one.npz"
    write_weights(path, ("faq", SEVERAL), ("always", "asks"), weights)
    for one in (TalkWeights(("faq", SEVERAL), ("always", "asks"), weights), read_weights(path)):
        assert one.chances(ALONE) == pytest.approx({"faq": 0.880797, SEVERAL: 0.119203})
