"""What is written into a form is tidied, or named with what is wrong; nothing else happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.conversations.form_filling import filled_in
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.reply import FIELD_KINDS, FormField


def field(kind: str, *, required: bool = True) -> FormField:
    options = ("赤", "青", "白") if kind in ("choice", "choices") else ()
    return FormField("q1", "Question", kind, required, options)


def wrong(kind: str, *values: str) -> str:
    with pytest.raises(Invalid) as refused:
        filled_in([field(kind)], {"q1": values})
    assert refused.value.detail["reason"] == "form"
    return str(refused.value.detail["fields"]["q1"])


@pytest.mark.parametrize(
    ("kind", "values", "kept"),
    [
        ("text", ["  Mika \n Sato "], ("Mika Sato",)),
        ("long_text", ["one\r\ntwo\x07"], ("one\ntwo",)),
        ("choice", ["青"], ("青",)),
        ("choices", ["白", "赤", "白"], ("赤", "白")),
        ("number", ["１２，３４５．５"], ("12345.5",)),
        ("number", ["−3"], ("-3",)),
        ("number", ["+4"], ("4",)),
        ("date", ["2026/2/3"], ("2026-02-03",)),
        ("date", ["２０２６年１１月２２日"], ("2026-11-22",)),
        ("email", ["Mika@shop.example"], ("Mika@shop.example",)),
        ("phone", ["０９０−１２３４−５６７８"], ("09012345678",)),
        ("phone", ["+81 90-1234-5678"], ("+819012345678",)),
        ("consent", ["yes"], ("yes",)),
    ],
)
def test_people_write_as_they_like(kind: str, values: list[str], kept: tuple[str, ...]) -> None:
    assert filled_in([field(kind)], {"q1": values})[0].values == kept


@pytest.mark.parametrize(
    ("kind", "values", "why"),
    [
        *((kind, ["  "], "required") for kind in FIELD_KINDS),
        ("text", ["x" * 201], "too_long"),
        ("long_text", ["x" * 4_001], "too_long"),
        ("choice", ["緑"], "not_choice"),
        ("choice", ["赤", "青"], "not_choice"),
        ("choices", ["赤", "<script>"], "not_choice"),
        ("number", ["twelve"], "not_number"),
        ("number", ["1e9"], "not_number"),
        ("number", ["1" * 16], "not_number"),
        ("date", ["2026-02-30"], "not_date"),
        ("date", ["tomorrow"], "not_date"),
        ("email", ["mika@shop"], "not_email"),
        ("email", ["a@b.example\r\nBcc: c@d.example"], "not_email"),
        ("phone", ["12345"], "not_phone"),
        ("phone", ["090-1234-567x"], "not_phone"),
    ],
)
def test_what_is_wrong_is_named(kind: str, values: list[str], why: str) -> None:
    assert wrong(kind, *values) == why


def test_what_need_not_be_answered_may_stay_open() -> None:
    asked = [field(kind, required=False) for kind in FIELD_KINDS]
    assert all(one.values == () for one in filled_in(asked, {}))


def test_what_nobody_can_see_is_no_answer() -> None:
    assert wrong("text", "\x1f") == "required"
    assert wrong("long_text", "\0 \0") == "required"
    assert filled_in([field("text")], {"q1": ["\0 kept \0"]})[0].values == ("kept",)


@given(st.sampled_from(FIELD_KINDS), st.lists(st.text(max_size=60), max_size=4))
def test_whatever_is_sent_is_kept_or_named(kind: str, values: list[str]) -> None:
    try:
        (found,) = filled_in([field(kind)], {"q1": values, "other": ["x"]})
    except Invalid as refused:
        assert set(refused.detail["fields"]) == {"q1"}
    else:
        assert found.values
        assert not any("\0" in value for value in found.values)
        # Said again as it was kept, it is the same answer.
        assert filled_in([field(kind)], {"q1": found.values})[0] == found
