"""What the shop's own chat says when it cannot do something, in the shopper's language."""

from kaiwa.languages.strings import say, strings
from kaiwa.vocabulary.errors import KaiwaError
from kaiwa.vocabulary.language import Language


def sentence_of(error: KaiwaError, language: Language) -> str:
    """A sentence for shoppers: of the reason where there is one, else of the kind of error.

    In English the error's own words say more to whoever puts the chat on a page; they stand where
    no reason is known.
    """
    known = strings(language)
    exact = f"widget.{error.code}.{error.detail.get('reason')}"
    if exact in known:
        return say(exact, language)
    if language == "en" and error.message:
        return error.message
    kind = f"widget.{error.code}"
    return say(kind if kind in known else "widget.internal", language)
