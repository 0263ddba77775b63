"""What the bot remembers is kept per conversation, and never seen by another merchant."""

from kaiwa.bot.dialogue.memory import dialogue, keep_dialogue
from kaiwa.bot.dialogue.state import Dialogue, Frame, fill, next_turn, open_frame
from kaiwa.bot.nlu.slot import Quantity
from tests.world import Shop, World, shop, world

__all__ = ["shop", "world"]


def spoken(shop: Shop) -> int:
    shop.accept(shop.event("こんにちは"))
    shop.world.take_in()
    row = shop.world.read(
        lambda s: s.one("SELECT max(id) FROM conversation WHERE merchant_id = :m", m=shop.id)
    )
    assert row is not None
    return int(row[0])


def keep(shop: Shop, conv: int, state: Dialogue) -> None:
    now = shop.world.now
    shop.world.write(lambda s: keep_dialogue(s, shop.id, conv, state, now))


def overwrite(shop: Shop, text: str) -> None:
    statement = "UPDATE dialogue SET state = :state WHERE merchant_id = :m"
    shop.world.write(lambda s: s.run(statement, state=text, m=shop.id))


def test_the_state_comes_back_as_it_was(world: World, shop: Shop) -> None:
    conv = spoken(shop)
    assert world.read(lambda s: dialogue(s, shop.id, conv)) == Dialogue()
    state = fill(open_frame(next_turn(Dialogue(), "ja"), Frame("add_to_cart")), Quantity(2))
    for kept in (Dialogue(turn=9), state):
        keep(shop, conv, kept)
    assert world.read(lambda s: dialogue(s, shop.id, conv)) == state


def test_another_merchant_neither_reads_nor_writes_it(world: World, shop: Shop) -> None:
    conv, other = spoken(shop), world.shop()
    mine = Dialogue(turn=3)
    world.write(lambda s: keep_dialogue(s, shop.id, conv, mine, world.now))
    world.write(lambda s: keep_dialogue(s, other.id, conv, Dialogue(turn=8), world.now))
    assert world.read(lambda s: dialogue(s, other.id, conv)) == Dialogue()
    assert world.read(lambda s: dialogue(s, shop.id, conv)) == mine


def test_a_state_of_another_form_is_forgotten(world: World, shop: Shop) -> None:
    conv = spoken(shop)
    world.write(lambda s: keep_dialogue(s, shop.id, conv, Dialogue(turn=3), world.now))
    for broken in ('{"turn": "three"}', "not even json"):
        overwrite(shop, broken)
        assert world.read(lambda s: dialogue(s, shop.id, conv)) == Dialogue()
