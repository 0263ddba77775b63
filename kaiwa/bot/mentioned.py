"""What a turn named beside its matter: after "is gift wrap free for the lamp?" it is the lamp."""

from typing import Final

from kaiwa.bot.articles_told import spoken
from kaiwa.bot.dialogue.state import Dialogue, choose, mention
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
    if spoken_of and len(ids) == 1 and ids != state.focus:
        state = choose(state, ids)
    return mention(state, ids)
