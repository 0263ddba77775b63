"""Scripted shoppers: the same seed, the same talk; goals are the shop's, misses are told."""

import random
from pathlib import Path

import pytest

from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.evaluation.shoppers.goal import KINDS, Goal, Stock, called, draw
from kaiwa.bot.evaluation.shoppers.shopper import MOODS, Shopper
from kaiwa.bot.turn import Answer
from kaiwa.cli import main
from kaiwa.vocabulary.language import LANGUAGES, Language
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import ProductCard, Reply, TextBlock
from tests.dialogues.shops import HERE

BUY = Goal("buy", "Funade", ("White", "M"), 2, handle="tote", cart=(("T-WH-M", 2),))


def answer(*texts: str, **fields: object) -> Answer:
    reply = Reply(tuple(TextBlock(text=text) for text in texts))
    plain: dict[str, object] = {
        "reply": reply,
        "language": "en",
        "acts": ("find_product",),
        "confidence": 1.0,
        "skill": "find",
        "state": Dialogue(),
    }
    return Answer(**plain | fields)  # type: ignore[arg-type]


def test_a_buyer_asks_chooses_and_stops_when_it_is_in_the_cart() -> None:
    buyer = Shopper(BUY, "casual", "en", "1")
    assert buyer.opening() in ("got the Funade?", "do you have the Funade")
    taken = buyer.answers(answer("Here it is.", products=("tote",)), ())
    assert taken in ("cool, 2 in White M for me", "I'll take 2 in White M")
    assert buyer.answers(answer("Done."), (("T-WH-M", 2),)) is None
    assert buyer.verdict(answer("Done."), (("T-WH-M", 2),)).reached


def test_a_buyer_answers_what_is_asked() -> None:
    buyer = Shopper(BUY, "hurried", "ja", "1")
    buyer.opening()
    assert buyer.answers(answer("？", asks_for=("size",)), ()) == "WhiteのM"
    assert buyer.answers(answer("？", asks_for=("quantity",)), ()) == "2"
    assert buyer.answers(answer("？", asks_for=("choice",)), ()) == "Funade"


def test_the_wrong_number_is_corrected_and_a_strange_article_ends_the_talk() -> None:
    buyer = Shopper(BUY, "casual", "en", "1")
    buyer.opening()
    buyer.answers(answer("Here it is.", products=("tote",)), ())
    assert buyer.answers(answer("Done."), (("T-WH-M", 1),)) == "actually make it 2"
    stray = (("MUG", 1),)
    assert buyer.answers(answer("Done."), stray) is None
    assert buyer.verdict(answer("Done."), stray).wrong == "in the cart: MUG x1"


def test_patience_ends_with_a_person() -> None:
    buyer = Shopper(BUY, "casual", "en", "1")
    said = [buyer.opening()]
    while (line := buyer.answers(answer("Sorry?"), ())) is not None:
        said.append(line)
    assert said[1:] == ["the Funade", "just get me a person"]


def test_what_is_dearer_than_wanted_is_wrong_unless_it_is_owned_up_to() -> None:
    goal = Goal("budget", category="Bags", price_minor=5_000, price="¥5,000")
    shopper = Shopper(goal, "polite", "en", "1")
    dear = ProductCard(alt_text="Tote", title="Tote", price=Money(8_800, "JPY"))
    silent = answer(reply=Reply((dear,)))
    told = answer(reply=Reply((TextBlock(text="Nothing under ¥5,000."), dear)))
    assert shopper.verdict(silent, ()).wrong == "8800 is over 5000"
    assert shopper.verdict(told, ()) == shopper.verdict(answer("Sorry."), ())


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("細口ケトル「しずく」0.8L", "細口ケトル「しずく」"),
        ("Hagi mug 300 ml", "Hagi mug"),
        ("Socks (3 pairs)", "Socks"),
        ("65 W", "65 W"),
    ],
)
def test_people_leave_measures_out(title: str, name: str) -> None:
    assert called(title) == name


def test_a_shop_without_goods_has_only_people_to_want() -> None:
    nothing = Stock((), ())
    drawn = {kind: draw(nothing, kind, "ja", random.Random(1)) for kind in KINDS}
    assert [kind for kind, goal in drawn.items() if goal is not None] == ["person"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mood", MOODS)
def test_every_mood_has_words_for_every_step(mood: str, language: Language) -> None:
    for kind in KINDS:
        goal = Goal(kind, "Funade", ("White",), 2, then=3, cart=(("T", 3),), matter="weight")
        shopper = Shopper(goal, mood, language, "1")  # type: ignore[arg-type]
        lines = [shopper.opening()]
        while (line := shopper.answers(answer("Sorry?", asks_for=("choice",)), ())) is not None:
            lines.append(line)
        assert all(lines)
        assert not any("{" in line for line in lines)


def test_the_command_tells_who_reached_what(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = HERE / "tuning" / "shops" / "hinata"
    data = ("--data", str(tmp_path))
    made = ("merchant", "create", "Hinata", "--slug", "hinata", "--email", "a@hinata.example")
    assert main([*made, *data]) == 0
    for what in ("products", "faq"):
        assert main(["import", what, str(folder / f"{what}.csv"), "-m", "hinata", *data]) == 0
    capsys.readouterr()
    page = tmp_path / "shoppers.html"
    run = ["shoppers", "-m", "hinata", "--talks", "16", *data]
    assert main([*run, "--report", str(page)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("talks ")
    assert " of 16 reached their goal" in told
    assert page.read_text("utf-8").count("<section class=") == 16
    assert main([*run, "--json"]) == 0
    first = capsys.readouterr().out
    assert len(first.splitlines()) == 16
    assert main([*run, "--json"]) == 0
    assert capsys.readouterr().out == first
    assert main([*run[:-4], "--talks", "0", *data]) == 1
    assert capsys.readouterr().err == "kaiwa: --talks is 1 to 10000.\n"
