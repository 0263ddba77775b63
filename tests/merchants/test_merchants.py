"""Shops, their inboxes, their people and who did what."""

import pytest

from kaiwa.engines.secrets import Secrets
from kaiwa.merchants import agent
from kaiwa.merchants.agent import NewAgent, add_agent, agent_for_log_in, agents, password_fits
from kaiwa.merchants.agent_session import LIFE, forget_ended, sign_in, sign_out, signed_in
from kaiwa.merchants.audit import Deed, deeds, write_down
from kaiwa.merchants.inbox import (
    InboxSettings,
    NewInbox,
    add_inbox,
    all_inboxes,
    inbox_by_key,
    inboxes,
    note_quota,
)
from kaiwa.merchants.merchant import (
    NewMerchant,
    ShopSettings,
    change_settings,
    create_merchant,
    merchant,
    merchant_called,
    merchants,
)
from kaiwa.merchants.role import ROLES, Permission, Role, require
from kaiwa.vocabulary.errors import (
    Conflict,
    Invalid,
    KaiwaError,
    NotAllowed,
    NotAuthentic,
    NotFound,
)
from tests.world import SECRETS, START, Shop, World, dump, later

PASSWORD = "long enough to pass"
AS_SHIPPED = agent._HASHER  # every other test has hashes that cost nothing


def test_a_shop_is_found_by_slug_name_or_id(world: World) -> None:
    made = world.write(lambda s: create_merchant(s, NewMerchant("Café Kiji 木地"), START))
    assert (made.slug, made.language, made.currency) == ("cafe-kiji", "ja", "JPY")
    for called in ("cafe-kiji", "Café Kiji 木地", str(made.id)):
        assert world.read(lambda s, called=called: merchant_called(s, called)) == made  # type: ignore[misc]
    assert world.read(lambda s: merchant(s, made.id)) == made
    assert made in world.read(merchants)


@pytest.mark.parametrize("called", ["nobody", "", "9" * 30, "-1", "'; --"])
def test_who_is_not_there_is_not_found(world: World, shop: Shop, called: str) -> None:
    with pytest.raises(NotFound) as refusal:
        world.read(lambda s: merchant_called(s, called))
    assert shop.merchant.slug in refusal.value.message


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (NewMerchant("  "), Invalid),
        (NewMerchant("Shop", language="fr"), Invalid),
        (NewMerchant("Other", slug="taken"), Conflict),
    ],
)
def test_a_shop_that_cannot_be_opened_is_not(
    world: World, new: NewMerchant, error: type[KaiwaError]
) -> None:
    world.write(lambda s: create_merchant(s, NewMerchant("First", slug="taken"), START))
    before = dump(world.db)
    with pytest.raises(error):
        world.write(lambda s: create_merchant(s, new, START))
    assert dump(world.db) == before


def test_a_name_without_latin_letters_still_makes_a_slug(world: World) -> None:
    made = world.write(lambda s: create_merchant(s, NewMerchant("木立道具店"), START))
    assert made.slug == "shop"


def test_settings_are_replaced_for_one_shop_only(world: World, shop: Shop) -> None:
    other = world.shop()
    new = ShopSettings(bot_name="きじ", greeting={"ja": "ようこそ"}, bot_answers=False)
    world.write(lambda s: change_settings(s, shop.id, new))
    assert world.read(lambda s: merchant(s, shop.id)).settings == new
    assert world.read(lambda s: merchant(s, other.id)).settings == ShopSettings()


def test_an_inbox_keeps_its_credentials_sealed(world: World, shop: Shop) -> None:
    new = NewInbox(
        "echo",
        credentials={"secret": "s3cr3t-value"},
        settings=InboxSettings(origins=("*",), extra={"a": "b"}),
        api_base="https://proxy.example",
    )
    made = world.write(lambda s: add_inbox(s, shop.id, new, SECRETS, START))
    assert b"s3cr3t" not in (made.sealed_credentials or b"")
    assert "s3cr3t" not in repr(dump(world.db)["inbox"])
    account = world.read(lambda s: inbox_by_key(s, made.key)).account(SECRETS)
    assert account.credentials == {"secret": "s3cr3t-value"}
    assert (account.api_base, account.settings) == ("https://proxy.example", {"a": "b"})
    assert (made.name, len(made.key) >= 24) == ("Echo", True)
    with pytest.raises(NotAuthentic):
        made.account(Secrets(bytes(32)))


def test_one_inboxs_sealed_credentials_do_not_open_for_another(world: World, shop: Shop) -> None:
    new = NewInbox("echo", credentials={"secret": "x"})
    one, two = (world.write(lambda s: add_inbox(s, shop.id, new, SECRETS, START)) for _ in range(2))
    sealed = one.sealed_credentials
    world.write(
        lambda s: s.run(
            "UPDATE inbox SET sealed_credentials = :sealed WHERE id = :id", sealed=sealed, id=two.id
        )
    )
    with pytest.raises(NotAuthentic):
        world.read(lambda s: inbox_by_key(s, two.key)).account(SECRETS)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (NewInbox("echo"), "needs: secret"),
        (NewInbox("echo", credentials={"secret": ""}), "needs: secret"),
        (NewInbox("echo", credentials={"secret": "x", "sekret": "y"}), "does not know: sekret"),
        (NewInbox("pigeon", credentials={"secret": "x"}), "no channel 'pigeon'"),
    ],
)
def test_an_inbox_that_could_not_work_is_not_made(
    world: World, shop: Shop, new: NewInbox, words: str
) -> None:
    before = dump(world.db)
    with pytest.raises(KaiwaError, match=words):
        world.write(lambda s: add_inbox(s, shop.id, new, SECRETS, START))
    assert dump(world.db) == before


def test_an_inbox_that_is_switched_off_is_not_there(world: World, shop: Shop) -> None:
    off = shop.inboxes["echo"]
    world.write(
        lambda s: s.run("UPDATE inbox SET disabled_at = :now WHERE id = :id", now=START, id=off.id)
    )
    with pytest.raises(NotFound):
        world.read(lambda s: inbox_by_key(s, off.key))
    on = {shop.inboxes["chirp"].id, shop.inboxes["plain"].id}
    assert {one.id for one in world.read(lambda s: inboxes(s, shop.id))} == on
    assert off.id not in {one.id for one in world.read(all_inboxes)}


def test_a_quota_is_remembered_and_may_be_forgotten(world: World, shop: Shop) -> None:
    for left in (5, 0, None):
        world.write(lambda s, left=left: note_quota(s, shop.inboxes["echo"], left))  # type: ignore[misc]
        assert shop.box().quota_left == left
    assert shop.box("chirp").quota_left is None


def test_an_agent_logs_in_by_e_mail_and_password(
    world: World, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent, "_HASHER", AS_SHIPPED)
    new = NewAgent("  Aoi@Shop.Example ", "Aoi", "admin", PASSWORD)
    made = world.write(lambda s: add_agent(s, shop.id, new, START))
    assert made.email == "aoi@shop.example"
    found = world.read(lambda s: agent_for_log_in(s, " AOI@shop.example"))
    assert found is not None
    assert found[0] == made
    assert found[1].startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert password_fits(PASSWORD, found[1])
    assert not password_fits(PASSWORD + "x", found[1])
    assert not password_fits(PASSWORD, None)
    assert not password_fits(PASSWORD, "not a hash")
    assert PASSWORD not in repr(dump(world.db)["agent"])
    assert world.read(lambda s: agents(s, shop.id)) == [made]


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (NewAgent("taken@shop.example", "B", "agent", PASSWORD), Conflict),
        (NewAgent("TAKEN@shop.example", "B", "agent", PASSWORD), Conflict),
        (NewAgent("no address", "B", "agent", PASSWORD), Invalid),
        (NewAgent("@", "B", "agent", PASSWORD), Invalid),
        (NewAgent(f"{'a' * 250}@b.example", "B", "agent", PASSWORD), Invalid),
        (NewAgent("b@shop.example", "B", "boss", PASSWORD), Invalid),  # type: ignore[arg-type]
        (NewAgent("b@shop.example", "B", "agent", "short"), Invalid),
    ],
)
def test_an_agent_that_cannot_be_added_is_not(
    world: World, shop: Shop, new: NewAgent, error: type[KaiwaError]
) -> None:
    taken = NewAgent("taken@shop.example", "A", "agent", PASSWORD)
    other = world.shop()
    world.write(lambda s: add_agent(s, other.id, taken, START))
    before = dump(world.db)
    with pytest.raises(error):
        world.write(lambda s: add_agent(s, shop.id, new, START))
    assert dump(world.db) == before


def test_a_session_lives_until_it_ends(world: World, shop: Shop) -> None:
    agent = shop.agent()
    token, mine = world.write(lambda s: sign_in(s, agent, START))
    assert mine.agent == agent
    assert world.read(lambda s: signed_in(s, token, START + LIFE - later(1))) == mine
    with pytest.raises(NotAuthentic):
        world.read(lambda s: signed_in(s, token, START + LIFE))
    with pytest.raises(NotAuthentic):
        world.read(lambda s: signed_in(s, "guess", START))
    assert token not in repr(dump(world.db)["agent_session"])
    mine.require_csrf(mine.csrf)
    for wrong in (None, "", mine.csrf + "x", "日本"):
        with pytest.raises(NotAllowed):
            mine.require_csrf(wrong)


def test_signing_out_ends_this_session_only(world: World, shop: Shop) -> None:
    agent = shop.agent()
    (one, _), (two, _) = (world.write(lambda s: sign_in(s, agent, START)) for _ in range(2))
    world.write(lambda s: sign_out(s, one))
    with pytest.raises(NotAuthentic):
        world.read(lambda s: signed_in(s, one, START))
    assert world.read(lambda s: signed_in(s, two, START)).agent == agent
    assert world.write(lambda s: forget_ended(s, START + LIFE + later(1))) == 1
    assert shop.count("agent_session") == 0


def test_who_was_let_go_is_out_at_once(world: World, shop: Shop) -> None:
    agent = shop.agent()
    token, _ = world.write(lambda s: sign_in(s, agent, START))
    world.write(
        lambda s: s.run(
            "UPDATE agent SET disabled_at = :now WHERE id = :id", now=START, id=agent.id
        )
    )
    with pytest.raises(NotAuthentic):
        world.read(lambda s: signed_in(s, token, START))
    assert world.read(lambda s: agent_for_log_in(s, agent.email)) is None
    assert world.read(lambda s: agents(s, shop.id)) == []


def test_deeds_are_read_back_newest_first(world: World, shop: Shop) -> None:
    done = [Deed("agent:1", f"act {n}", "conversation:7", {"n": n}) for n in range(3)]
    for deed in done:
        world.write(lambda s, deed=deed: write_down(s, shop.id, deed, START))  # type: ignore[misc]
    assert world.read(lambda s: deeds(s, shop.id, 2)) == [(START, done[2]), (START, done[1])]


ALLOWED: dict[Role, set[Permission]] = {
    "owner": {"answer", "assign_others", "manage_inboxes", "manage_agents"},
    "admin": {"answer", "assign_others", "manage_inboxes", "manage_agents"},
    "agent": {"answer"},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "permission", ["answer", "assign_others", "manage_inboxes", "manage_agents"]
)
def test_roles_may_what_they_may(role: Role, permission: Permission) -> None:
    if permission in ALLOWED[role]:
        require(role, permission)
        return
    with pytest.raises(NotAllowed):
        require(role, permission)
