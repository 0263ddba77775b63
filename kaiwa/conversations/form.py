"""Forms a shop keeps to send to customers: what is asked, in each of its languages."""

from datetime import datetime
from typing import Annotated, Final, Literal, TypeAlias

import msgspec

from kaiwa.conversations.form_flow import FormFlow
from kaiwa.engines.db import Row, Session
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import FIELD_KINDS, FormField
from kaiwa.vocabulary.time import from_micros

MOST_FORMS: Final = 200
MOST_QUESTIONS: Final = 20
MOST_OPTIONS: Final = 20
LONGEST_TITLE: Final = 80
LONGEST_WORDS: Final = 500
_WITH_OPTIONS: Final = ("choice", "choices")
# No database keeps a NUL in a text, and a label stands on one line.
Line: TypeAlias = Annotated[str, msgspec.Meta(max_length=120, pattern=r"^[^\x00\r\n]*$")]
Lines: TypeAlias = Annotated[str, msgspec.Meta(max_length=LONGEST_WORDS, pattern=r"^[^\x00]*$")]
Kind: TypeAlias = Literal[
    "text", "long_text", "choice", "choices", "number", "date", "email", "phone", "consent"
]


class InBoth(msgspec.Struct, frozen=True):
    """The same words in each language; one of them may be missing, and the other is said then."""

    ja: Lines = ""
    en: Lines = ""

    def said(self, language: Language) -> str:
        """The words in that language, else in the other."""
        first, second = (self.ja, self.en) if language == "ja" else (self.en, self.ja)
        return first.strip() or second.strip()


class Option(msgspec.Struct, frozen=True):
    """One answer that can be chosen."""

    ja: Line = ""
    en: Line = ""

    def said(self, language: Language) -> str:
        """The words in that language, else in the other."""
        return InBoth(self.ja, self.en).said(language)


class Question(msgspec.Struct, frozen=True):
    """One field: what is asked, what kind of answer it takes and whether it must have one."""

    kind: Kind
    label: Option
    required: bool = True
    hint: Option = Option()
    options: Annotated[tuple[Option, ...], msgspec.Meta(max_length=MOST_OPTIONS)] = ()


class FormAs(msgspec.Struct, frozen=True):
    """How a form is to be. Without `thanks` the usual sentence is said."""

    title: Option
    questions: Annotated[tuple[Question, ...], msgspec.Meta(max_length=MOST_QUESTIONS)]
    intro: InBoth = InBoth()
    thanks: InBoth = InBoth()


class ShopForm(msgspec.Struct, frozen=True):
    """A form as it is kept; `flows` are the same at the provider of an inbox, in a language."""

    id: int
    wanted: FormAs
    changed_at: datetime
    flows: tuple[FormFlow, ...] = ()

    def fields(self, language: Language) -> tuple[FormField, ...]:
        """Its questions as a block carries them: named by their place."""
        return tuple(
            FormField(
                name=f"q{number}",
                label=one.label.said(language),
                kind=one.kind,
                required=one.required,
                options=tuple(option.said(language) for option in one.options),
                hint=one.hint.said(language),
            )
            for number, one in enumerate(self.wanted.questions, 1)
        )


_COLUMNS: Final = "id, body, changed_at, flows"
_BODY: Final = msgspec.json.Decoder(FormAs)
_FLOWS: Final = msgspec.json.Decoder(tuple[FormFlow, ...])


def forms(session: Session, merchant_id: int) -> list[ShopForm]:
    """The shop's forms, the oldest first."""
    rows = session.all(
        f"""SELECT {_COLUMNS} FROM form WHERE merchant_id = :merchant_id
        AND removed_at IS NULL ORDER BY id""",
        merchant_id=merchant_id,
    )
    return [_form(row) for row in rows]


def form(session: Session, merchant_id: int, form_id: int) -> ShopForm:
    """One form; `NotFound`."""
    row = session.one(
        f"""SELECT {_COLUMNS} FROM form WHERE merchant_id = :merchant_id AND id = :id
        AND removed_at IS NULL""",
        merchant_id=merchant_id,
        id=form_id,
    )
    if row is None:
        raise NotFound("There is no such form.")
    return _form(row)


def create_form(session: Session, merchant_id: int, wanted: FormAs, now: datetime) -> ShopForm:
    """Keep a form. `Invalid` says what of it cannot be asked."""
    tidy = _checked(wanted)
    if len(forms(session, merchant_id)) >= MOST_FORMS:
        raise Invalid(f"There may be at most {MOST_FORMS} forms.", reason="too_many_forms")
    row = session.one(
        f"""INSERT INTO form (merchant_id, body, changed_at)
        VALUES (:merchant_id, :body, :now) RETURNING {_COLUMNS}""",
        merchant_id=merchant_id,
        body=msgspec.json.encode(tidy).decode(),
        now=now,
    )
    assert row is not None
    return _form(row)


def change_form(
    session: Session, merchant_id: int, form_id: int, wanted: FormAs, now: datetime
) -> ShopForm:
    """Ask otherwise from now on; what was sent already stays as it was sent."""
    form(session, merchant_id, form_id)
    session.run(
        """UPDATE form SET body = :body, changed_at = :now
        WHERE merchant_id = :merchant_id AND id = :id""",
        body=msgspec.json.encode(_checked(wanted)).decode(),
        now=now,
        merchant_id=merchant_id,
        id=form_id,
    )
    return form(session, merchant_id, form_id)


def remove_form(session: Session, merchant_id: int, form_id: int, now: datetime) -> None:
    """Offer it no more; what was sent can still be answered."""
    form(session, merchant_id, form_id)
    session.run(
        """UPDATE form SET removed_at = :now WHERE merchant_id = :merchant_id AND id = :id""",
        now=now,
        merchant_id=merchant_id,
        id=form_id,
    )


def _checked(wanted: FormAs) -> FormAs:
    title = wanted.title
    if not title.said("ja") or max(len(title.ja), len(title.en)) > LONGEST_TITLE:
        raise Invalid(f"A form's title needs 1 to {LONGEST_TITLE} characters.", reason="form_title")
    if not wanted.questions:
        raise Invalid("A form asks at least one question.", reason="form_empty")
    for number, one in enumerate(wanted.questions, 1):
        _check_question(number, one)
    return wanted


def _check_question(number: int, one: Question) -> None:
    if one.kind not in FIELD_KINDS or not one.label.said("ja"):
        raise Invalid(f"Question {number} has no words.", reason="form_words", question=number)
    if one.kind not in _WITH_OPTIONS:
        if one.options:
            raise Invalid(f"Question {number} takes no options.", reason="form_options")
        return
    languages: tuple[Language, Language] = ("ja", "en")
    for language in languages:
        words = [option.said(language) for option in one.options]
        # Answers are told apart by their words.
        if len(words) < 2 or not all(words) or len(set(words)) != len(words):
            raise Invalid(
                f"Question {number} needs two or more options, each with words of its own.",
                reason="form_options",
                question=number,
            )


def _form(row: Row) -> ShopForm:
    flows = () if row[3] is None else _FLOWS.decode(row[3])
    return ShopForm(row[0], _BODY.decode(row[1]), from_micros(row[2]), flows)
