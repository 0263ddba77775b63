"""Finding what answers, in the FAQ and in articles, and knowing when nothing does."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.knowledge import knowledge, rates
from kaiwa.knowledge.article import Article, Section
from kaiwa.knowledge.extract import LONGEST, extract
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.finding import Finding, KnowledgeIndex
from kaiwa.knowledge.likeness import FEWEST, Recall
from kaiwa.languages import words_ja

KNOWN = knowledge()
NOW = datetime(2026, 4, 1, tzinfo=UTC)


def answered(found: Finding) -> str | None:
    return None if found.sure is None else found.sure.passage.title


def article(*sections: Section, language="ja") -> Article:
    return Article(1, "手引き", language, "guide.md", sections, (), 1, NOW)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("送料は？", "送料はいくらですか"),
        ("返品したい", "返品や交換はできますか"),
        ("いつ届く？", "注文してから何日で届きますか"),
        ("豆の挽き目を知りたい", "コーヒー豆の淹れ方と保存 › 豆の挽き目"),
        ("イヤホンの片方から音が出ない", "イヤホンとスピーカーのつなぎ方 › 片方から音が出ないとき"),
        ("パスワード忘れちゃった", "個人情報とお知らせメール › パスワードを忘れたとき"),
    ],
)
def test_an_entry_and_a_section_are_found_alike(said: str, title: str) -> None:
    assert answered(KNOWN.find(said, "ja")) == title


def test_what_is_asked_word_for_word_is_sure_however_it_is_typed() -> None:
    found = KNOWN.find("ＩＨで使えますか？", "ja").sure
    assert found is not None
    assert (found.passage.title, found.score) == ("IHで使えますか", 1.0)
    assert found.passage.source == f"faq:{found.passage.faq_id}"


def test_a_section_answers_verbatim_and_names_its_file() -> None:
    found = KNOWN.find("unsubscribe", "en").sure
    assert found is not None
    assert found.passage.source == "en/privacy.md"
    assert found.answer == found.passage.text
    assert found.answer.startswith("Press Unsubscribe at the bottom")


def test_a_question_only_the_other_language_answers_says_so() -> None:
    english_only = KnowledgeIndex(
        [
            FaqEntry(1, "How much is shipping?", "¥660.", "en"),
            FaqEntry(2, "Do you offer gift wrapping?", "We do.", "en"),
        ]
    )
    found = english_only.find("送料は？", "ja")
    assert (found.language, found.sure) == ("en", None)
    assert [hit.answer for hit in found.perhaps] == ["¥660."]
    assert english_only.find("土鍋の目止めは？", "ja") == Finding("ja")
    both = KNOWN.find("送料は？", "ja")
    assert both.language == "ja"


@pytest.mark.parametrize(
    "said", ["今日の天気は？", "面白い話をして", "求人はありますか", "🍵", "", "あああああ"]
)
def test_what_nothing_answers_finds_nothing(said: str) -> None:
    assert KNOWN.find(said, "ja") == Finding("ja", best=KNOWN.find(said, "ja").best)


def test_an_empty_shop_knows_nothing() -> None:
    assert KnowledgeIndex([]).find("送料は？", "ja") == Finding("ja")


def test_a_close_call_is_offered_with_the_best_first() -> None:
    found = KNOWN.find("鉄瓶の使い方", "ja")
    assert found.sure is None
    scores = [hit.score for hit in found.perhaps]
    assert 1 <= len(scores) <= 3
    assert scores == sorted(scores, reverse=True)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ja", "en"])
def test_questions_nobody_tuned_by_are_answered_or_passed_on(language) -> None:
    told = rates(KNOWN, language, held_out=True)
    assert told.right >= 24
    assert told.wrong <= 3
    assert told.right + told.offered >= 35
    assert told.false <= 6


def test_without_a_dictionary_pairs_of_characters_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kaiwa.knowledge.terms.words", lambda text, cut: None)
    plain = knowledge()
    assert answered(plain.find("ラッピングしてほしい", "ja")) == "ギフト包装はできますか"
    assert answered(plain.find("今日の天気は？", "ja")) is None
    assert words_ja.available()


class Letters:
    """Stands for an engine: a text means the letters it has."""

    name = "letters"

    def __init__(self) -> None:
        self.made: list[str] = []

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        self.made += texts
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, 26)

    def query(self, text: str) -> np.ndarray:
        return self._vector(text)

    def _vector(self, text: str) -> np.ndarray:
        counts = np.array([text.casefold().count(chr(97 + n)) for n in range(26)], np.float32)
        return counts / (np.linalg.norm(counts) or 1)


def test_meaning_is_asked_only_where_words_leave_it_open() -> None:
    words = "apple bread cedar dough ember fruit grape honey ivory jelly kettle lemon".split()
    entries = [FaqEntry(n, f"Is {word} good?", word, "en") for n, word in enumerate(words, 1)]
    index, engine = KnowledgeIndex(entries), Letters()
    before = index.search("kettlee", "en")
    recall = Recall(engine)
    index.learn(recall)
    assert len(engine.made) == len(words) == FEWEST
    hits = index.search("kettlee", "en")
    assert [hit.passage.text for hit in before] == []
    assert hits[0].passage.text == "kettle"
    asked: list[str] = []
    engine.query = asked.append  # type: ignore[assignment,method-assign]
    assert index.search("Is honey good?", "en")[0].passage.text == "honey"
    assert asked == []


def test_a_text_that_stays_is_learnt_once_and_one_that_goes_is_forgotten() -> None:
    entries = [FaqEntry(n, f"Question {n}?", "x" * n, "en") for n in range(1, 20)]
    engine = Letters()
    recall = Recall(engine)
    KnowledgeIndex(entries[:15]).learn(recall)
    KnowledgeIndex(entries[1:16]).learn(recall)
    assert len(engine.made) == 16
    KnowledgeIndex(entries[:15]).learn(recall)
    assert len(engine.made) == 17


LONG = (
    "当店は谷中にあります。はじめての方にもわかるように書きました。" * 5
    + "返金は七日以内にいたします。振込先をお知らせください。手数料は当店が持ちます。"
    + "またのご利用をお待ちしています。" * 8
)


def test_of_a_long_section_the_sentences_that_answer_are_told() -> None:
    told = extract(LONG, "返金はいつですか。手数料は", "ja")
    assert told.startswith("返金は七日以内にいたします。")
    assert "手数料は当店が持ちます。" in told
    assert len(told) <= LONGEST["ja"]


def test_an_english_sentence_does_not_end_in_a_number() -> None:
    text = "Filler words stand here. " * 20 + "It costs 3.5 euros. It lasts. " + "More filler. " * 9
    assert "It costs 3.5 euros." in extract(text, "how much does it cost", "en")


def test_a_long_section_is_found_by_words_at_its_end() -> None:
    filler = "".join(f"この段落は{n}番目の説明です。" for n in range(200))
    index = KnowledgeIndex(
        [], [article(Section("いろいろ", filler + "燻製の桜チップは別売りです。"))]
    )
    hit = index.search("燻製の桜チップ", "ja")[0]
    assert hit.answer.endswith("燻製の桜チップは別売りです。")
    assert hit.answer in hit.passage.text


@given(st.text(max_size=900), st.text(max_size=50), st.sampled_from(["ja", "en"]))
def test_an_extract_is_always_words_of_the_text(text, question, language) -> None:
    assert extract(text, question, language) in text


@given(st.text(max_size=300), st.sampled_from(["ja", "en"]))
def test_any_text_is_looked_up_and_scores_are_chances(said, language) -> None:
    found = KNOWN.find(said, language)
    hits = [*found.perhaps, *([found.sure] if found.sure else [])]
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert found.sure is None or found.perhaps == ()
