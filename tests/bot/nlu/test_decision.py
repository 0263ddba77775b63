"""What the chances of a wish allow."""

from kaiwa.bot.nlu.chance import Chance
from kaiwa.bot.nlu.decision import decided


def test_what_is_only_a_little_like_a_farewell_is_none() -> None:
    some = (Chance("goodbye", 0.36), Chance("refine", 0.2), Chance("out_of_scope", 0.1))
    told = decided(some, "en")
    assert (told.act, told.clarity) == ("out_of_scope", "low")
    sure = (Chance("goodbye", 0.9), Chance("refine", 0.05), Chance("out_of_scope", 0.05))
    assert decided(sure, "en").act == "goodbye"
