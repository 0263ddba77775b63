"""A second opinion by meaning is asked only where letters leave doubt, and may be missing."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from kaiwa.bot.nlu.act import ACTS
from kaiwa.bot.nlu.intents import semantic
from kaiwa.bot.nlu.intents.examples import Example
from kaiwa.bot.nlu.intents.model import SHARE, SURE, IntentModel
from kaiwa.bot.nlu.intents.models import Models
from kaiwa.bot.nlu.intents.opinion import Opinion
from kaiwa.bot.nlu.intents.semantic import Meaning, learnt, shipped
from kaiwa.bot.nlu.intents.spelling import spelled
from kaiwa.bot.nlu.masking import MASK, masked
from kaiwa.bot.nlu.understander import MOST_OPINIONS, Context, Understander
from kaiwa.engines.embeddings import Vectors, open_embedder
from kaiwa.vocabulary.language import LANGUAGES, Language

SHORT = [
    Example("カートに入れて", "add_to_cart", 0, 1.0),
    Example("カートに追加", "add_to_cart", 1, 1.0),
    Example("送料はいくら", "faq", 2, 1.0),
    Example("送料を教えて", "faq", 3, 1.0),
]
DOUBTFUL = "ばすけっと"


class Written:
    """An embedder that knows a few texts, and remembers what it was asked."""

    name = "written"

    def __init__(self, vectors: dict[str, Sequence[float]] | None = None) -> None:
        self.vectors = vectors
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError("nothing is looked for here")

    def query(self, text: str) -> Vectors:
        self.asked.append(text)
        row = (1.0, 0.0) if self.vectors is None else self.vectors[text]
        return np.array(row, np.float32)


class Wide(Written):
    """Passes for the embedder that the shipped meanings belong to."""

    name = "multilingual-e5-small-q4"

    def query(self, text: str) -> Vectors:
        self.asked.append(text)
        return np.zeros(384, np.float32)


class Broken(Written):
    def query(self, text: str) -> Vectors:
        super().query(text)
        raise RuntimeError("no memory left")


def two_sided() -> Meaning:
    """Right of the middle is the cart, left of it a question."""
    rows = np.array([[1, 0], [0.9, 0.1], [-1, 0], [-0.9, 0.1]], np.float32)
    return learnt(rows, ["add_to_cart", "add_to_cart", "faq", "faq"], "written")


def advised(embedder: Written, *, patient: bool = True) -> IntentModel:
    opinion = Opinion("ja", embedder, two_sided(), patient=patient)
    return IntentModel.learnt("ja", SHORT).advised(opinion)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mask_is_spelled_and_nothing_else_changes(language: Language) -> None:
    for name, mask in MASK.items():
        told = spelled(f"a{mask}b", language)
        assert told.startswith("a") and told.endswith("b") and len(told) > 2, name
        assert not set(told) & set(MASK.values())
    assert spelled("そのまま, as it is", language) == "そのまま, as it is"


def test_what_vectors_mean_is_learnt_and_kept(tmp_path: Path) -> None:
    meaning = two_sided()
    meaning.save(tmp_path / "ja.npz")
    again = Meaning.load(tmp_path / "ja.npz")
    assert (again.embedder, again.classes) == ("written", ("add_to_cart", "faq"))
    for one in (meaning, again):
        right, left = one.chances(np.array([[1, 0], [-1, 0]], np.float32))
        assert right[0] > 0.8 > 0.2 > left[0]
        assert right.sum() == pytest.approx(1)


def test_ways_in_which_one_act_differs_in_itself_tell_less(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both acts are said high and low; only right and left tell them apart."""
    rows = np.array([[0.6, 0.8], [0.6, -0.8], [0.6, 0.5], [-0.6, 0.8], [-0.6, -0.8], [-0.6, -0.5]])
    acts = ["add_to_cart"] * 3 + ["faq"] * 3
    low_and_a_little_right = np.array([[0.1, -1.0]], np.float32)

    def cart() -> float:
        meaning = learnt(rows.astype(np.float32), acts)
        return float(meaning.chances(low_and_a_little_right)[0][0])

    evened = cart()
    monkeypatch.setattr(semantic, "EVENED", 1e9)
    assert evened > cart() + 0.005


def test_one_example_of_each_act_is_enough_to_learn_from() -> None:
    meaning = learnt(np.array([[1, 0], [-1, 0]], np.float32), ["add_to_cart", "faq"])
    right, left = meaning.chances(np.array([[1, 0], [-1, 0]], np.float32))
    assert right[0] > 0.8 > 0.2 > left[0]


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 nothing", b"\x93NUMPY"])
def test_a_broken_file_of_meanings_says_so(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "ja.npz"
    path.write_bytes(broken)
    with pytest.raises(ValueError, match="holds no meanings"):
        Meaning.load(path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shipped_knows_every_act_and_belongs_to_one_embedder(language: Language) -> None:
    assert shipped(language, Written()) is None
    meaning = shipped(language, Wide())
    assert meaning is not None and set(meaning.classes) == set(ACTS)
    assert meaning.weights.shape == (384, len(ACTS))


def test_a_sure_text_is_not_asked_about() -> None:
    embedder = Written()
    model = advised(embedder)
    assert model.chances("カートに入れて")[0].chance >= SURE
    assert embedder.asked == []


def test_a_doubtful_text_is_decided_by_both() -> None:
    embedder = Written({DOUBTFUL: (-1, 0)})
    letters = {one.act: one.chance for one in IntentModel.learnt("ja", SHORT).chances(DOUBTFUL)}
    by_meaning = two_sided().chances(np.array([[-1, 0]], np.float32))[0]
    both = advised(embedder).chances(DOUBTFUL)
    assert embedder.asked == [DOUBTFUL]
    assert both[0].act == "faq"
    expected = SHARE * float(by_meaning[1]) + (1 - SHARE) * letters["faq"]
    assert both[0].chance == pytest.approx(expected, abs=1e-5)
    assert sum(one.chance for one in both) == pytest.approx(1)


def test_masks_are_spelled_for_it_and_alone_means_without_it() -> None:
    embedder = Written()
    model = advised(embedder)
    model.chances(masked("{n}"), alone=True)
    assert embedder.asked == []
    model.chances(masked("{n}"))
    assert embedder.asked == ["2個"]


def test_a_broken_embedder_leaves_the_first_opinion() -> None:
    embedder = Broken()
    letters = IntentModel.learnt("ja", SHORT).chances(DOUBTFUL)
    assert advised(embedder).chances(DOUBTFUL) == letters
    assert embedder.asked == [DOUBTFUL]


def test_a_server_answers_by_letters_until_it_is_loaded() -> None:
    embedder = Written()
    model = advised(embedder, patient=False)
    letters = IntentModel.learnt("ja", SHORT).chances(DOUBTFUL)
    assert model.chances(DOUBTFUL) == letters
    until = time.monotonic() + 60
    while model.chances(DOUBTFUL) == letters and time.monotonic() < until:
        time.sleep(0.01)
    assert embedder.asked[0] == ""
    assert embedder.asked[-1] == DOUBTFUL
    assert model.chances(DOUBTFUL)[0].act == "add_to_cart"


def test_models_of_another_embedder_go_by_letters() -> None:
    embedder = Written()
    own = Models(None, embedder).model("ja")
    text = "ぴろぴろ"
    assert own.chances(text) == Models().model("ja").chances(text)
    assert embedder.asked == []


def test_a_long_text_is_asked_about_a_few_times_at_most() -> None:
    embedder = Wide()
    text = "ぴろ、ぽろ、ぷる、ぺれ。" * 30
    Understander(Models(None, embedder)).read(text, Context())
    assert 0 < len(embedder.asked) <= MOST_OPINIONS


@pytest.mark.usefixtures("vectors")
@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("ja", "プレステの裏技おしえて", "out_of_scope"),
        ("en", "how's the market for bonds", "out_of_scope"),
    ],
)
def test_with_the_embedder_of_this_installation(language: Language, text: str, act: str) -> None:
    embedder = open_embedder()
    assert embedder is not None, "the extra `embeddings` is part of the development set"
    both = Models(None, embedder).model(language).chances(text)
    letters = {one.act: one.chance for one in Models().model(language).chances(text)}
    assert both[0].act == act
    assert both[0].chance > letters[act]
