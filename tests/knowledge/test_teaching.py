"""One step from a missed question to knowledge and a test of it."""

import pytest

from kaiwa.knowledge.cluster import cluster
from kaiwa.knowledge.entries import entries, put_entries, remove_entry
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.finding import KnowledgeIndex
from kaiwa.knowledge.phrase import own_phrases
from kaiwa.knowledge.regression import Regression, regressions
from kaiwa.knowledge.teaching import Lesson, Means, NewAnswer, SameAs, Taught, teach
from kaiwa.vocabulary.errors import Conflict, Invalid, KaiwaError, NotFound
from tests.knowledge.test_cluster import missed, waiting
from tests.world import Shop, World, dump

SMOKING = FaqEntry(0, "店内は禁煙ですか", "はい、禁煙です。", "ja")


def taught(world: World, shop: Shop, lesson: Lesson, cluster_id: int | None = None) -> Taught:
    number = cluster_id or waiting(world, shop)[0].id
    return world.write(lambda s: teach(s, shop.id, number, lesson, world.now))


def regressed(world: World, shop: Shop) -> list[Regression]:
    return world.read(lambda s: regressions(s, shop.id))


def test_an_answer_becomes_an_entry_that_knows_every_wording(world: World, shop: Shop) -> None:
    missed(world, shop, "駐車場はありますか", "駐車場ある？")
    (one,) = waiting(world, shop)
    done = taught(world, shop, NewAnswer(" はい、二台分あります。 "))
    (entry,) = world.read(lambda s: entries(s, shop.id))
    assert (entry.question, entry.answer) == ("駐車場はありますか", "はい、二台分あります。")
    assert entry.alternatives == ("駐車場ある？",)
    index = KnowledgeIndex([entry])
    for said in ("駐車場はありますか", "駐車場ある？"):
        hit = index.find(said, "ja").sure
        assert hit is not None
        assert (hit.score, hit.answer) == (1.0, "はい、二台分あります。")
    assert waiting(world, shop) == []
    settled = world.read(lambda s: cluster(s, shop.id, one.id))
    assert (settled.status, settled.outcome) == ("answered", f"faq:{entry.id}")
    assert done.faq_id == entry.id
    assert regressed(world, shop) == [
        Regression(done.regression_id, one.text, "ja", "faq", entry.id, "駐車場はありますか")
    ]


def test_a_better_question_keeps_the_shoppers_words_as_another_way(
    world: World, shop: Shop
) -> None:
    missed(world, shop, "車どこ停めるの")
    taught(world, shop, NewAnswer("裏手に二台分あります。", "駐車場はありますか"))
    (entry,) = world.read(lambda s: entries(s, shop.id))
    assert (entry.question, entry.alternatives) == ("駐車場はありますか", ("車どこ停めるの",))


def test_another_wording_of_an_entry_is_added_to_it(world: World, shop: Shop) -> None:
    world.write(lambda s: put_entries(s, shop.id, [SMOKING], world.now))
    (entry,) = world.read(lambda s: entries(s, shop.id))
    missed(world, shop, "たばこ吸える？")
    done = taught(world, shop, SameAs(entry.id))
    (now,) = world.read(lambda s: entries(s, shop.id))
    assert (now.id, now.answer, now.alternatives) == (entry.id, SMOKING.answer, ("たばこ吸える？",))
    assert (done.faq_id, regressed(world, shop)[0].question) == (entry.id, SMOKING.question)


def test_a_phrase_teaches_an_act(world: World, shop: Shop) -> None:
    missed(world, shop, "アレどうなった")
    done = taught(world, shop, Means("order_status"))
    assert world.read(lambda s: own_phrases(s, shop.id))["ja"] == (
        ("order_status", "アレどうなった"),
    )
    assert done.faq_id is None
    (one,) = regressed(world, shop)
    assert (one.text, one.act, one.faq_id, one.question) == (
        "アレどうなった", "order_status", None, None,
    )  # fmt: skip


def test_a_removed_entry_is_expected_no_more(world: World, shop: Shop) -> None:
    missed(world, shop, "駐車場はありますか")
    done = taught(world, shop, NewAnswer("はい。"))
    assert done.faq_id is not None
    world.write(lambda s: remove_entry(s, shop.id, done.faq_id or 0))
    assert (regressed(world, shop), world.read(lambda s: entries(s, shop.id))) == ([], [])


@pytest.mark.parametrize(
    ("lesson", "error"),
    [
        (NewAnswer("  "), Invalid),
        (NewAnswer("x" * 5_001), Invalid),
        (NewAnswer("はい。", "x" * 501), Invalid),
        (NewAnswer("いいえ。", "店内は禁煙ですか？"), Conflict),
        (SameAs(10**6), NotFound),
    ],
)
def test_a_lesson_that_cannot_work_changes_nothing(
    world: World, shop: Shop, lesson: Lesson, error: type[KaiwaError]
) -> None:
    world.write(lambda s: put_entries(s, shop.id, [SMOKING], world.now))
    missed(world, shop, "駐車場はありますか")
    before = dump(world.db, shop.id)
    with pytest.raises(error):
        taught(world, shop, lesson)
    assert dump(world.db, shop.id) == before


def test_a_question_is_answered_once(world: World, shop: Shop) -> None:
    missed(world, shop, "駐車場はありますか")
    (one,) = waiting(world, shop)
    taught(world, shop, NewAnswer("はい。"))
    before = dump(world.db, shop.id)
    with pytest.raises(Conflict):
        taught(world, shop, Means("faq"), one.id)
    assert dump(world.db, shop.id) == before


def test_an_entry_in_another_language_is_refused(world: World, shop: Shop) -> None:
    world.write(lambda s: put_entries(s, shop.id, [SMOKING], world.now))
    (entry,) = world.read(lambda s: entries(s, shop.id))
    missed(world, shop, "may I smoke", language="en")
    with pytest.raises(Invalid, match="is in ja, the question in en"):
        taught(world, shop, SameAs(entry.id))
    assert [one.asked for one in waiting(world, shop)] == [1]


def test_another_shop_learns_nothing_from_ours(world: World, shop: Shop) -> None:
    other = world.shop()
    world.write(lambda s: put_entries(s, other.id, [SMOKING], world.now))
    (theirs,) = world.read(lambda s: entries(s, other.id))
    missed(world, shop, "駐車場はありますか")
    (mine,) = waiting(world, shop)
    before = dump(world.db)
    with pytest.raises(NotFound):
        taught(world, other, NewAnswer("はい。"), mine.id)
    with pytest.raises(NotFound):
        taught(world, shop, SameAs(theirs.id))
    with pytest.raises(NotFound):
        world.write(lambda s: remove_entry(s, shop.id, theirs.id))
    assert dump(world.db) == before
