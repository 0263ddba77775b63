"""Finding the entry that answers."""

from hypothesis import given
from hypothesis import strategies as st

from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.retrieval import FaqIndex
from tests.knowledge.lines import DEMO, index

KNOWLEDGE = index(DEMO)


def test_short_japanese_questions_find_their_entry() -> None:
    for said, question in [
        ("送料は？", "送料はいくらですか"),
        ("返品したい", "返品や交換はできますか"),
        ("いつ届く？", "注文してから何日で届きますか"),
    ]:
        assert KNOWLEDGE.search(said, "ja")[0].entry.question == question


def test_the_question_itself_is_sure_however_it_is_typed() -> None:
    hit = KNOWLEDGE.search("ＩＨで使えますか？", "ja")[0]
    assert (hit.entry.question, hit.score) == ("IHで使えますか", 1.0)


def test_an_alternative_counts_as_much_as_the_question() -> None:
    entry = FaqEntry(7, "店内の音楽について", "静かです。", "ja", alternatives=("BGMは流れますか",))
    assert FaqIndex([entry]).search("BGMは流れますか", "ja")[0].score > 0.9


def test_the_answer_alone_makes_no_sure_hit() -> None:
    entry = FaqEntry(1, "営業日について", "年末はダルマを配ります。", "ja")
    assert FaqIndex([entry]).search("ダルマ", "ja")[0].score < 0.37


def test_languages_are_kept_apart() -> None:
    assert all(hit.entry.language == "en" for hit in KNOWLEDGE.search("gift", "en"))


def test_an_empty_shop_finds_nothing() -> None:
    assert FaqIndex([]).search("送料は？", "ja") == []


@given(st.text(max_size=300), st.sampled_from(["ja", "en"]))
def test_scores_are_shares_in_falling_order(said, language) -> None:
    scores = [hit.score for hit in KNOWLEDGE.search(said, language)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
