"""What a turn named beside its matter: after "is gift wrap free for the lamp?" it is the lamp."""

from typing import Final

from kaiwa.bot.dialogue.state import Dialogue, choose, mention
from kaiwa.bot.naming.articles_told import spoken
from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.shop import Shop
from kaiwa.bot.turn import Turn
from kaiwa.languages.folding import fold
from kaiwa.vocabulary.language import Language

_LONGEST: Final = 160


def with_mentioned(
    state: Dialogue, language: Language, where: tuple[Turn, Shop], *, spoken_of: bool
) -> Dialogue:
    """The state after a turn that did nothing with any product but named some.

    With `spoken_of` a single one is what "it" means from here.
    """
    turn, shop = where
    words = turn.text.casefold()
    if len(words) > _LONGEST or not shop.known.says_a_title_word(fold(words)):
        return state
    told = spoken(words, language, where)
    ids = tuple(dict.fromkeys(one.product_id for one in told.articles if one.spans))
    ids = ids or told.open_ids
    if not ids:
        return state
    new = len(ids) == 1 and ids != state.focus
    if spoken_of and new and (not state.focus or _is_name(words, ids, shop)):
        state = choose(state, ids)
    return mention(state, ids)


def _is_name(words: str, ids: tuple[int, ...], shop: Shop) -> bool:
    """Whether it was called by its name, and not only by a word of it: 和紙の包装 is no lamp."""
    return any(
        isinstance(one.slot, Product) and one.slot.ids == ids for one in shop.known.names(words)
    )
