"""Models outlive the process, follow their examples, and the one before is kept."""

from pathlib import Path

import pytest

from kaiwa.bot.nlu.intents import models as module
from kaiwa.bot.nlu.intents.examples import Example
from kaiwa.bot.nlu.intents.model import IntentModel
from kaiwa.bot.nlu.intents.models import Models, Own

SHORT = [
    Example("カートに入れて", "add_to_cart", 0, 1.0),
    Example("カートに追加", "add_to_cart", 1, 1.0),
    Example("送料はいくら", "faq", 2, 1.0),
    Example("送料を教えて", "faq", 3, 1.0),
]


@pytest.fixture(autouse=True)
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def short(language: str, own: tuple[Own, ...] = ()) -> list[Example]:
        return [*SHORT, *(Example(text, act, 9 + n, 1.0) for n, (act, text) in enumerate(own))]

    monkeypatch.setattr(module, "examples", short)
    monkeypatch.setattr(module, "SHIPPED", tmp_path / "shipped")


def test_a_second_start_reads_what_the_first_learnt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Models(tmp_path).model("ja")
    monkeypatch.setattr(IntentModel, "learnt", None)
    again = Models(tmp_path).model("ja")
    for text in ("カートに", "送料", "zzz"):
        one, two = first.chances(text), again.chances(text)
        assert [chance.act for chance in one] == [chance.act for chance in two]
        assert one[0].chance == pytest.approx(two[0].chance, abs=0.01)
        assert sum(chance.chance for chance in two) == pytest.approx(1)


def test_shipped_models_need_no_training(monkeypatch: pytest.MonkeyPatch) -> None:
    module.ship()
    monkeypatch.setattr(IntentModel, "learnt", None)
    assert Models().model("ja").chances("カートに入れて")[0].act == "add_to_cart"
    module.ship()
    assert len(list(module.SHIPPED.glob("*.npz"))) == 2


def test_a_merchants_phrase_makes_a_model_of_its_own(tmp_path: Path) -> None:
    own: tuple[Own, ...] = (("checkout", "おあいそ"), ("checkout", "おあいそして"))
    models = Models(tmp_path)
    assert models.model("ja", own, "7").chances("おあいそお願い")[0].act == "checkout"
    assert {path.parent.name for path in tmp_path.rglob("*.npz")} == {"7"}
    assert "checkout" not in [one.act for one in models.model("ja").chances("おあいそ")]


def test_the_previous_model_is_kept_and_no_more(tmp_path: Path) -> None:
    for number in range(4):
        own: tuple[Own, ...] = (("faq", f"送料{number}"),)
        Models(tmp_path).model("ja", own, "7")
    assert len(list(tmp_path.rglob("*.npz"))) == 2


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 nothing", b"\x93NUMPY"])
def test_a_broken_file_is_trained_again(tmp_path: Path, broken: bytes) -> None:
    Models(tmp_path).model("ja")
    path = next(tmp_path.rglob("*.npz"))
    path.write_bytes(broken)
    assert Models(tmp_path).model("ja").chances("カートに入れて")[0].act == "add_to_cart"
    assert path.read_bytes() != broken


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "nlu").write_text("a file where the folder should be")
    assert Models(tmp_path / "nlu").model("ja").chances("送料")[0].act == "faq"
