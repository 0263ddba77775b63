"""Questions and answers at the desk: found by their words, written, changed, forgotten."""

from typing import Any

from kaiwa.knowledge.entries import entries
from kaiwa.merchants.audit import deeds
from tests.web.desk.test_staff import put
from tests.web.desk.world import Browser, World
from tests.world import dump

SHIPPING: dict[str, Any] = {
    "question": "送料は いくらですか？",
    "answer": "全国一律660円です。",
    "language": "ja",
    "tags": ["配送", "配送 "],
    "alternatives": ["ｼｯﾋﾟﾝｸﾞ代は？"],
}
RETURNS: dict[str, Any] = {
    "question": "Can I return it?",
    "answer": "Within 30 days.",
    "language": "en",
    "tags": ["returns"],
}


async def written(browser: Browser, *bodies: dict[str, Any]) -> list[int]:
    made = [await browser.post("/api/faq", body) for body in bodies]
    assert [one.status_code for one in made] == [201] * len(bodies), [one.text for one in made]
    return [one.json()["entry"]["id"] for one in made]


async def found(browser: Browser, **asked: Any) -> list[str]:
    answer = await browser.get("/api/faq", **asked)
    assert answer.status_code == 200, answer.text
    return [one["question"] for one in answer.json()["faq"]]


async def test_entries_are_found_by_words_language_and_tag(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    await written(browser, SHIPPING, RETURNS)
    both = ["Can I return it?", "送料は いくらですか？"]
    assert await found(browser) == both
    assert await found(browser, language="ja") == both[1:]
    assert await found(browser, tag="returns") == both[:1]
    # Width and case make no difference, and every word has to be there.
    assert await found(browser, q="シッピング代") == both[1:]
    assert await found(browser, q="６６０円 全国") == both[1:]
    assert await found(browser, q="RETURN days") == both[:1]
    assert await found(browser, q="return 660") == []
    page = (await browser.get("/api/faq", limit=1)).json()
    assert (page["found"], page["total"], page["tags"]) == (2, 2, ["returns", "配送"])
    assert await found(browser, limit=1, after=page["next"]) == both[1:]
    # An agent reads them too; another shop has none of them.
    assert await found(await world.browser(world.shop.ken)) == both
    assert await found(await world.browser(world.other.hana)) == []


async def test_an_entry_is_changed_and_forgotten(world: World) -> None:
    browser = await world.browser(world.shop.hana)
    first, second = await written(browser, SHIPPING, RETURNS)
    where = f"/api/faq/{first}"
    done = await put(browser, where, SHIPPING | {"answer": " 770円です。 ", "tags": []})
    assert done.json()["entry"] == SHIPPING | {"id": first, "answer": "770円です。", "tags": []}
    before = dump(world.db, world.shop.id)
    taken = await put(browser, where, RETURNS)
    assert (taken.status_code, taken.json()["detail"]["faq"]) == (409, second)
    again = await browser.post("/api/faq", RETURNS)
    assert (again.status_code, again.json()["detail"]["reason"]) == (409, "asked")
    assert dump(world.db, world.shop.id) == before
    gone = await browser.http.delete(where, headers={"X-CSRF-Token": browser.csrf})
    assert gone.status_code == 204
    assert [one.id for one in world.db.read_now(lambda s: entries(s, world.shop.id))] == [second]
    told = [deed for _, deed in world.db.read_now(lambda s: deeds(s, world.shop.id))][:2]
    assert [(one.action, one.subject) for one in told] == [
        ("removed", f"faq:{first}"), ("changed", f"faq:{first}"),
    ]  # fmt: skip


async def test_what_cannot_be_and_who_may_not(world: World) -> None:
    owner, ken = await world.browser(world.shop.hana), await world.browser(world.shop.ken)
    (kept,) = await written(owner, SHIPPING)
    before = dump(world.db)
    for wrong in (
        {"question": "  "},
        {"answer": ""},
        {"question": "x" * 501},
        {"answer": "x" * 5001},
        {"tags": ["x" * 41]},
        {"language": "fr"},
        {"question": "a\0b"},
    ):
        answer = await owner.post("/api/faq", RETURNS | wrong)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid"), wrong
    for answer in (
        await ken.post("/api/faq", RETURNS),
        await put(ken, f"/api/faq/{kept}", RETURNS),
        await ken.http.delete(f"/api/faq/{kept}", headers={"X-CSRF-Token": ken.csrf}),
    ):
        assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")
    assert (await put(owner, f"/api/faq/{2**40}", RETURNS)).status_code == 404
    assert dump(world.db) == before
