"""A language model helps where rules are lost and words may be freer, and nowhere else."""

from datetime import date

from msgspec.structs import replace

from kaiwa.bot.assisting import in_freer_words, is_lost, second_reading
from kaiwa.bot.gateway import proposal
from kaiwa.bot.model.models import Models
from kaiwa.bot.model.turn import ModelTurn
from kaiwa.bot.nlu.command import Reading, StartFlow
from kaiwa.bot.turn import turn_of
from kaiwa.merchants.language_model import ModelTerms, NewModel, set_model
from kaiwa.orders.cancellation import CancelOrder
from kaiwa.vocabulary.content import Text
from tests.bot.model.shops import Scripted
from tests.bot.talking import NOW, Counter, texts
from tests.world import SECRETS

SHOP = Counter()
SHIPPING = "送料はいくらですか"


async def model(*answers: str) -> ModelTurn:
    """The shop's model for one turn, which says these in turn."""
    new = NewModel("openai", "small-model", "http://127.0.0.1:9/v1", "sk-test", ModelTerms())
    SHOP.db.write_now(lambda s: set_model(s, SHOP.merchant.id, new, SECRETS, NOW))
    scripted = Scripted(*answers)
    made = await Models(SHOP.db, SECRETS, SHOP.clock, lambda _: scripted).turn(SHOP.merchant)
    assert made is not None
    return made


async def test_what_rules_do_not_understand_a_model_may() -> None:
    talk = SHOP.talk()
    lost = talk.ask("ぴろぴろぽんぽん")
    assert is_lost(lost)
    told = '{"commands":[{"command":"start_flow","act":"view_cart","confidence":0.9}]}'
    turn = turn_of(Text("ぴろぴろぽんぽん"), "ja", talk.state)
    reading = await second_reading(
        await model(told), turn, SHOP.merchant, (talk.who, date(2026, 11, 1))
    )
    assert reading is not None
    assert [one.act for one in reading.commands if isinstance(one, StartFlow)] == ["view_cart"]


async def test_a_reading_is_served_like_any_other() -> None:
    talk = SHOP.talk()
    talk.reading = Reading("ja", (StartFlow("view_cart"),))
    answer = talk.say("ぷるぷるのやつを頼む")
    assert (answer.acts, answer.skill) == (("view_cart",), "cart")


async def test_nonsense_leaves_the_rules_their_answer() -> None:
    talk = SHOP.talk()
    turn = turn_of(Text("ぷるぷるのやつを頼む"), "ja", talk.state)
    told = await second_reading(
        await model("わかりません"), turn, SHOP.merchant, (talk.who, date(2026, 11, 1))
    )
    assert told is None


async def test_an_untrue_word_leaves_the_shops_own() -> None:
    talk = SHOP.talk()
    answer = talk.ask("かごを見せて")
    turn = turn_of(Text("かごを見せて"), "ja", talk.state)
    lie = "かごには無料の湯のみが3点入っています。"
    assert await in_freer_words(await model(lie), answer, turn, talk.who) == answer


async def test_an_answer_of_the_faq_is_never_said_in_other_words() -> None:
    talk = SHOP.talk()
    answer = talk.ask(SHIPPING)
    turn = turn_of(Text(SHIPPING), "ja", talk.state)
    freer = await in_freer_words(await model("{{quote1}}"), answer, turn, talk.who)
    assert texts(freer) == texts(answer)


async def test_what_asks_for_a_yes_is_said_as_it_is() -> None:
    talk = SHOP.talk()
    said = "いえいえ、こちらこそ。"
    answer = talk.ask("ありがとう")
    pending = proposal("cancel_order", CancelOrder(7), "1024を取り消します", (3, NOW))
    asking = replace(answer, state=replace(answer.state, pending=pending))
    turn = turn_of(Text("ありがとう"), "ja", talk.state)
    assert await in_freer_words(await model(said), asking, turn, talk.who) == asking


async def test_sentences_may_be_freer_when_they_are_true() -> None:
    talk = SHOP.talk()
    answer = talk.ask("ありがとう")
    turn = turn_of(Text("ありがとう"), "ja", talk.state)
    said = "いえいえ、こちらこそ。またいつでもお声がけくださいね。"
    freer = await in_freer_words(await model(said), answer, turn, talk.who)
    assert texts(freer)[0] == said


def test_who_is_understood_needs_no_model() -> None:
    assert not is_lost(SHOP.talk().ask(SHIPPING))
    assert not is_lost(None)
