"""Any part of any message is found again, by its own merchant only, whatever is typed."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kaiwa.conversations.search import LONGEST_TEXT, Hit, Search, find_messages, normalised
from kaiwa.customers.customer import learn_name
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.event import Edited, TakenBack
from tests.world import START, Shop, World, dump

SLOW = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def hits(shop: Shop, query: str, limit: int = 20, before: int | None = None) -> list[Hit]:
    wanted = Search(query, limit, before)
    return shop.world.read(lambda s: find_messages(s, shop.id, wanted))


def texts(shop: Shop, query: str) -> list[str]:
    return [hit.text for hit in hits(shop, query)]


SAID = (
    "この湯のみを返品したいのですが、送料はいくらですか？",
    "桐箱に入れてもらえますか。",
    "ﾘﾝｺﾞの絵の茶碗はありますか",
    "港まで届きますか",
    "Where is my refund? I paid for EXPRESS delivery.",
    "注文番号 12345 の領収書をください",
)


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("港", [3]),
        ("箱", [1]),
        ("返", [0]),
        ("。", []),
        ("返品", [0]),
        ("桐箱", [1]),
        ("送料", [0]),
        ("領収書", [5]),
        ("湯のみ", [0]),
        ("リンゴ", [2]),
        ("りんご", [2]),
        ("ﾘﾝｺﾞ", [2]),
        ("ﾘ", [2]),
        ("ユノミ", []),
        ("湯ノミ", [0]),
        ("refund", [4]),
        ("REFUND", [4]),
        ("ｒｅｆｕｎｄ", [4]),
        ("express deliv", [4]),
        ("delivery refund", [4]),
        ("r", [4]),
        ("12345", [5]),
        ("１２３", [5]),
        ("番号12345", [5]),
        ("番号 12345", [5]),
        ("返品 送料", [0]),
        ("送料　返品", [0]),
        ("返品 桐箱", []),
        ("ですか？", [0]),
        ("「ですか」", [0]),
        ("ますか", [1, 2, 3]),
        ("か", [0, 1, 2, 3]),
        ("返送", []),
        ("品料", []),
        ("", []),
        ("  ", []),
        ("!?", []),
    ],
)
def test_parts_of_messages_are_found_newest_first(shop: Shop, query: str, which: list[int]) -> None:
    for text in SAID:
        shop.hear(text)
    assert texts(shop, query) == [SAID[n] for n in sorted(which, reverse=True)]


def test_pairs_that_occur_apart_are_no_find(shop: Shop) -> None:
    shop.hear("返品は品物を見てから")
    shop.hear("abcde bcdab")
    assert texts(shop, "返品物") == []
    assert texts(shop, "abcdab") == []
    assert texts(shop, "返品は") == ["返品は品物を見てから"]


def test_a_hit_tells_where_it_stands(world: World, shop: Shop) -> None:
    shop.hear("はじめに")
    world.clock.move(9)
    shop.hear("桐箱はありますか", on="echo")
    customer = shop.person().customer_id
    world.write(lambda s: learn_name(s, shop.id, customer, "みか"))
    conv = shop.open()
    second = shop.messages(conv)[1]
    assert hits(shop, "桐箱") == [
        Hit(conv.id, second.id, 2, customer, "みか", "echo", "桐箱はありますか", second.recorded_at)
    ]
    assert (second.recorded_at - START).total_seconds() == 9


def test_what_the_shop_said_is_found_too(shop: Shop) -> None:
    shop.hear("はい")
    shop.say("追跡番号は 1234 です")
    assert texts(shop, "追跡番号") == ["追跡番号は 1234 です"]


def test_an_edit_moves_the_words_and_an_unsend_removes_them(shop: Shop) -> None:
    shop.hear("青い皿", said_id="m1")
    shop.hear(Edited("m1", Text("赤い鉢")))
    assert [texts(shop, query) for query in ("青", "青い", "赤", "赤い鉢")] == [
        [], [], ["赤い鉢"], ["赤い鉢"],
    ]  # fmt: skip
    shop.hear(TakenBack("m1"))
    assert [texts(shop, query) for query in ("赤", "赤い", "い")] == [[], [], []]
    assert dump(shop.world.db)["message_search"] == []


def test_another_merchants_words_are_never_found(world: World, shop: Shop) -> None:
    other = world.shop()
    shop.hear("秘密の返品")
    other.hear("公開の交換")
    for query in ("返品", "返", "秘密の返品", "の"):
        assert all(hit.text == "公開の交換" for hit in hits(other, query))
        assert texts(shop, query) == ["秘密の返品"]
    assert texts(other, "の") == ["公開の交換"]


def test_merchants_whose_numbers_begin_alike_stay_apart(world: World) -> None:
    shops = [world.shop() for _ in range(12)]
    for n, one in enumerate(shops):
        one.hear(f"桐箱 {n}")
    assert [texts(one, "桐") for one in shops] == [[f"桐箱 {n}"] for n in range(12)]
    assert [texts(one, "桐箱") for one in shops] == [[f"桐箱 {n}"] for n in range(12)]


def test_pages_join_without_gap_or_overlap(shop: Shop) -> None:
    said = [f"返品 {n}" if n % 3 else f"品が返 {n}" for n in range(40)]
    shop.accept(*(shop.event(text) for text in said))
    shop.world.take_in()
    wanted = [text for text in reversed(said) if text.startswith("返品")]
    seen: list[str] = []
    before: int | None = None
    while page := hits(shop, "返品", 7, before):
        assert len(page) <= 7
        seen += [hit.text for hit in page]
        before = page[-1].message_id
    assert seen == wanted


def test_only_the_beginning_of_a_very_long_message_is_found(shop: Shop) -> None:
    shop.hear("あ" * (LONGEST_TEXT - 2) + "桐箱" + "領収書")
    assert len(texts(shop, "桐箱")) == 1
    assert texts(shop, "領収書") == []


letters = st.one_of(
    st.sampled_from("あいうえおカキクケコがぎﾊﾞﾋﾟァっーゝヽ返品送料桐箱港領収書ABCabcｘＹＺ012①㌔ﾟ゙"),
    st.sampled_from(" 　、。！?「」*\"'%_-:()^~\\\n\t\x00😀👨‍👩‍👧é e\u0301ßſİΣςﷺ"),
    st.characters(exclude_categories=["Cs"]),
)


@SLOW
@given(st.lists(st.text(letters, max_size=30), min_size=1, max_size=5), st.data())
@example(said=["İstanbul ΟΔΟΣ ΟΔΟΣΑ straße"], data=None)
def test_every_part_of_every_message_finds_it(
    world: World, said: list[str], data: st.DataObject | None
) -> None:
    shop = world.shop()
    shop.accept(*(shop.event(text) for text in said))
    world.take_in()
    for text in said:
        plain = normalised(text)
        if not plain:
            continue
        if data is None:
            first, last = 3, min(len(plain), 9)
        else:
            first = data.draw(st.integers(0, len(plain) - 1))
            last = data.draw(st.integers(first + 1, len(plain)))
        part = plain[first:last]
        for hit in (found := hits(shop, part)):
            assert part in normalised(hit.text)
        wanted = sorted(one.replace("\x00", "") for one in said if part in normalised(one))
        assert sorted(hit.text.replace("\x00", "") for hit in found) == wanted


@given(st.text(st.characters(), max_size=200))
@example("ǰ")
@example("\ud800")
@example("ΐ")
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


HOSTILE = [
    '"', '""', "'", "''; DROP TABLE message; --", "*", "a*", "%", "_", "%%", "__", "^", "-", "--",
    "NEAR", "NEAR(a b, 2)", "a NEAR b", "AND", "OR", "NOT", "a AND", "(", ")", "grams:a",
    "grams :", "{a b}", "{}", "[]", "\\", "\x00", "a\x00b", "\ud800", "a\ud83d", "😀", "👨‍👩‍👧‍👦",
    "\u202e", "\ufeff", "あ" * 10_000, "abc " * 2_500, "か　" * 5_000, "\U0010ffff",
    "\U0010ffffa", ":a", "%s", "%(a)s", "{0}",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: repr(query[:12]))
def test_no_query_raises_or_finds_what_does_not_contain_it(shop: Shop, query: str) -> None:
    shop.hear("ふつうの言葉 only")
    before = dump(shop.world.db)
    assert texts(shop, query) == []
    assert dump(shop.world.db) == before


def test_a_percent_sign_finds_a_percent_sign(shop: Shop) -> None:
    for text in ("半額50%です", "半額50xです", 'say "hi" *now*'):
        shop.hear(text)
    assert texts(shop, "50%") == ["半額50%です"]
    assert texts(shop, "_") == []
    assert texts(shop, '"hi"') == ['say "hi" *now*']
    assert texts(shop, "*") == ['say "hi" *now*']


@SLOW
@given(st.text(st.characters(), max_size=60))
def test_anything_may_be_typed(world: World, query: str) -> None:
    shop = world.shop()
    shop.hear("送料はいくらですか")
    for hit in hits(shop, query):
        assert all(normalised(part) in normalised(hit.text) for part in query.split())
