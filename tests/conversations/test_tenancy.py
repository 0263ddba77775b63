"""A merchant that names another one's rows gets nothing and changes nothing (P6)."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaiwa.conversations import (
    calling,
    conversation,
    delivery,
    export,
    form,
    form_asking,
    form_flows,
    handoff,
    happening,
    intake,
    label,
    leaving,
    media,
    mention,
    merge,
    message,
    note,
    outbox,
    parting,
    priority,
    rating,
    reach,
    reply_clock,
    search,
    short_link,
    snooze,
    told_apart,
    visit,
    waiting,
)
from kaiwa.customers import absorbed, consent, customer, identity
from kaiwa.customers import export as customer_export
from kaiwa.engines.db import Database, Session
from kaiwa.merchants import (
    ability,
    agent,
    attendance,
    audit,
    inbox,
    inbox_change,
    language_model,
    metered_use,
    routing,
    second_factor,
    staff,
    store,
    team,
    template,
)
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import Conflict, NotFound
from kaiwa.vocabulary.event import TakenBack
from kaiwa.vocabulary.template import TemplateUse
from tests.conversations.things_of_a_shop import (
    EVIDENCE,
    MARK,
    Theirs,
    form_of,
    furnish,
    theirs_of,
)
from tests.world import START, Shop, World, dump, small_world, unheard

Call = Callable[[Session, int, Theirs], Any]

CASES: dict[str, Call] = {
    "merchants.agent.agents": lambda s, m, t: agent.agents(s, m),
    "merchants.agent.agent": lambda s, m, t: agent.agent(s, m, t.agent),
    "merchants.audit.deeds": lambda s, m, t: audit.deeds(s, m),
    "merchants.inbox.inbox": lambda s, m, t: inbox.inbox(s, m, t.inbox),
    "merchants.inbox.inboxes": lambda s, m, t: inbox.inboxes(s, m),
    "merchants.inbox.inbox_channels": lambda s, m, t: list(inbox.inbox_channels(s, m).items()),
    "merchants.inbox_change.standings": lambda s, m, t: inbox_change.standings(s, m),
    "merchants.inbox_change.note_checked": lambda s, m, t: inbox_change.note_checked(
        s, m, t.inbox, ["x"], START
    ),
    "merchants.staff.staff": lambda s, m, t: staff.staff(s, m, START),
    "merchants.staff.colleague": lambda s, m, t: staff.colleague(s, m, t.agent, START),
    "merchants.language_model.language_model": lambda s, m, t: [
        language_model.language_model(s, m)
    ],
    "merchants.language_model.remove_model": lambda s, m, t: language_model.remove_model(s, m),
    "merchants.metered_use.note_metered": lambda s, m, t: metered_use.note_metered(
        s, m, t.inbox, START
    ),
    "merchants.metered_use.quotas": lambda s, m, t: list(
        metered_use.quotas(s, m, [inbox.inbox(s, m, t.inbox)], START).values()
    ),
    "merchants.store.store": lambda s, m, t: store.store(s, m, t.store),
    "merchants.store.stores": lambda s, m, t: store.stores(s, m),
    "merchants.store.remove_store": lambda s, m, t: store.remove_store(s, m, t.store, START),
    "merchants.template.template": lambda s, m, t: template.template(
        s, m, t.inbox, ("theirs", "ja")
    ),
    "merchants.template.used_template": lambda s, m, t: template.used_template(
        s,
        m,
        TemplateUse(
            inbox_id=t.inbox, name="theirs", language="ja", category="utility", values={}, text=""
        ),
    ),
    "merchants.template.approved_counts": lambda s, m, t: list(
        template.approved_counts(s, m).values()
    ),
    "merchants.team.teams": lambda s, m, t: team.teams(s, m),
    "merchants.team.team": lambda s, m, t: team.team(s, m, t.team),
    "merchants.team.team_names": lambda s, m, t: list(team.team_names(s, m).values()),
    "merchants.team.change_team": lambda s, m, t: team.change_team(
        s, m, t.team, team.TeamAs("x", (t.my_agent,))
    ),
    "merchants.team.remove_team": lambda s, m, t: team.remove_team(s, m, t.team, START),
    "customers.absorbed.person_ids": lambda s, m, t: absorbed.person_ids(s, m, t.customer),
    "customers.absorbed.keeper_ids": lambda s, m, t: absorbed.keeper_ids(s, m, t.customer),
    "customers.consent.record_consent": lambda s, m, t: consent.record_consent(
        s, m, t.identity, consent.ConsentGiven("granted", "x"), START
    ),
    "customers.consent.restore_consent": lambda s, m, t: consent.restore_consent(
        s, m, t.identity, consent.ConsentGiven("granted", "x"), START
    ),
    "customers.consent.consent_state": lambda s, m, t: consent.consent_state(s, m, t.identity),
    "customers.consent.consents": lambda s, m, t: list(consent.consents(s, m, t.customer).own),
    "customers.consent.refused_here": lambda s, m, t: consent.refused_here(s, m, t.identity),
    "customers.customer.customer": lambda s, m, t: customer.customer(s, m, t.customer),
    "customers.customer.learn_name": lambda s, m, t: customer.learn_name(s, m, t.customer, "x"),
    "customers.customer.unlearn_name": lambda s, m, t: customer.unlearn_name(s, m, t.customer, "x"),
    "customers.export.exported_customers": lambda s, m, t: list(
        customer_export.exported_customers(s, m, 0)
    ),
    "customers.identity.resolve": lambda s, m, t: identity.resolve(
        s, m, Address(t.inbox, "echo_user", "mika"), START
    ),
    "customers.identity.at_address": lambda s, m, t: identity.at_address(
        s, m, Address(t.inbox, "echo_user", "mika")
    ),
    "customers.identity.identity": lambda s, m, t: identity.identity(s, m, t.identity),
    "customers.identity.identities": lambda s, m, t: identity.identities(s, m, t.customer),
    "customers.identity.identity_ids": lambda s, m, t: identity.identity_ids(s, m, t.customer),
    "customers.identity.link_history": lambda s, m, t: identity.link_history(s, m, t.identity),
    "conversations.conversation.open_of": lambda s, m, t: conversation.open_of(s, m, t.customer),
    "conversations.conversation.held": lambda s, m, t: conversation.held(s, m, t.conversation),
    "conversations.conversation.conversation": lambda s, m, t: conversation.conversation(
        s, m, t.conversation
    ),
    "conversations.conversation.newest_of": lambda s, m, t: conversation.newest_of(
        s, m, t.customer
    ),
    "conversations.conversation.all_of": lambda s, m, t: conversation.all_of(s, m, t.customer),
    "conversations.conversation.which_of": lambda s, m, t: conversation.which_of(
        s, m, [t.conversation]
    ),
    "conversations.delivery.load": lambda s, m, t: delivery.load(s, m, t.message),
    "conversations.export.exported_messages": lambda s, m, t: list(
        export.exported_messages(s, m, 0)
    ),
    "conversations.export.exported_events": lambda s, m, t: list(export.exported_events(s, m, 0)),
    "conversations.handoff.reopen": lambda s, m, t: handoff.reopen(
        s, m, (t.conversation, t.my_agent), START
    ),
    "conversations.handoff.take": lambda s, m, t: handoff.take(s, act(m, t), START),
    "conversations.handoff.hand_back": lambda s, m, t: handoff.hand_back(s, act(m, t), START),
    "conversations.handoff.assign": lambda s, m, t: handoff.assign(s, act(m, t), None, START),
    "conversations.handoff.close": lambda s, m, t: handoff.close(s, act(m, t), START),
    "conversations.happening.happenings": lambda s, m, t: happening.happenings(
        s, m, t.conversation
    ),
    "conversations.intake.set_taken_in": lambda s, m, t: intake.set_taken_in(
        s, m, t.event, "x", START
    ),
    "conversations.handoff.assign_team": lambda s, m, t: handoff.assign_team(
        s, act(m, t), t.team, START
    ),
    "conversations.leaving.leave_all": lambda s, m, t: leaving.leave_all(
        s, m, (t.agent, t.my_agent), START
    ),
    "conversations.label.labels": lambda s, m, t: label.labels(s, m),
    "conversations.label.rename_label": lambda s, m, t: label.rename_label(s, m, t.label, "x"),
    "conversations.label.remove_label": lambda s, m, t: label.remove_label(s, m, t.label),
    "conversations.label.labels_of": lambda s, m, t: list(
        label.labels_of(s, m, [t.conversation]).values()
    ),
    "conversations.label.change_labels": lambda s, m, t: label.change_labels(
        s, m, (t.conversation, t.my_agent), label.Labelling((t.label,)), START
    ),
    "conversations.priority.set_priority": lambda s, m, t: priority.set_priority(
        s, m, (t.conversation, t.my_agent), "low", START
    ),
    "merchants.second_factor.second_factor": lambda s, m, t: second_factor.second_factor(
        s, m, t.agent
    ),
    "conversations.mention.mention": lambda s, m, t: mention.mention(
        s, m, (1, t.conversation, t.my_agent), "no @name of theirs", START
    ),
    "conversations.mention.mentions_in": lambda s, m, t: list(
        mention.mentions_in(s, m, t.conversation)
    ),
    "conversations.mention.waiting_mentions": lambda s, m, t: mention.waiting_mentions(
        s, m, t.agent
    ),
    "conversations.mention.has_waiting": lambda s, m, t: [
        one for one in [mention.has_waiting(s, m, (t.agent, t.conversation))] if one
    ],
    "conversations.mention.see_mentions": lambda s, m, t: mention.see_mentions(
        s, m, (t.agent, t.conversation), START
    ),
    "merchants.routing.routing": lambda s, m, t: [routing.routing(s, m).rules],
    "merchants.routing.held_routing": lambda s, m, t: [routing.held_routing(s, m).rules],
    "merchants.routing.change_routing": lambda s, m, t: routing.change_routing(
        s, m, routing.Routing(inbox_targets=(routing.InboxTargets(t.inbox),)), "x", START
    ),
    "merchants.ability.abilities": lambda s, m, t: list(ability.abilities(s, m).values()),
    "merchants.ability.set_ability": lambda s, m, t: ability.set_ability(
        s, m, (t.agent, "x"), ability.Ability(("x",)), START
    ),
    "merchants.attendance.attendances": lambda s, m, t: list(attendance.attendances(s, m)),
    "merchants.attendance.attendance": lambda s, m, t: attendance.attendance(s, m, t.agent),
    "merchants.attendance.anyone_present": lambda s, m, t: [attendance.anyone_present(s, m, START)],
    "merchants.attendance.note_seen": lambda s, m, t: attendance.note_seen(
        s, m, t.agent, START + timedelta(days=1)
    ),
    "merchants.attendance.set_status": lambda s, m, t: attendance.set_status(
        s, m, t.agent, "away", START
    ),
    "merchants.attendance.note_left": lambda s, m, t: attendance.note_left(s, m, t.agent, START),
    "merchants.attendance.note_given": lambda s, m, t: attendance.note_given(s, m, t.agent, START),
    "merchants.attendance.tell": lambda s, m, t: attendance.tell(s, m, t.agent),
    "conversations.calling.call_if_gone": lambda s, m, t: calling.call_if_gone(
        s, m, t.agent, START
    ),
    "conversations.note.whisper": lambda s, m, t: note.whisper(
        s, m, note.NewNote(t.conversation, t.my_agent, "w", "x"), START
    ),
    "conversations.reply_clock.reply_clocks": lambda s, m, t: reply_clock.reply_clocks(
        s, m, t.conversation
    ),
    "conversations.reply_clock.first_replies": lambda s, m, t: reply_clock.first_replies(
        s, m, START
    ),
    "conversations.rating.ratings_of": lambda s, m, t: rating.ratings_of(s, m, t.customer),
    "conversations.rating.satisfaction": lambda s, m, t: [
        one for one in [rating.satisfaction(s, m, START)] if one.asked
    ],
    "conversations.form.forms": lambda s, m, t: form.forms(s, m),
    "conversations.form.form": lambda s, m, t: form.form(s, m, t.form),
    "conversations.form.change_form": lambda s, m, t: form.change_form(
        s, m, t.form, form_of("x"), START
    ),
    "conversations.form.remove_form": lambda s, m, t: form.remove_form(s, m, t.form, START),
    "conversations.form_flows.connect_flows": lambda s, m, t: form_flows.connect_flows(
        s, m, t.form, (), START
    ),
    "conversations.form_asking.asking": lambda s, m, t: form_asking.asking(s, m, t.asking),
    "conversations.form_asking.exported_form_answers": lambda s, m, t: list(
        form_asking.exported_form_answers(s, m, 0)
    ),
    "conversations.export.exported_ratings": lambda s, m, t: list(export.exported_ratings(s, m, 0)),
    "conversations.short_link.short_links": lambda s, m, t: short_link.short_links(s, m, 9),
    "conversations.short_link.keep_links": lambda s, m, t: short_link.keep_links(
        s, m, t.message, [(f"abcdefgh{m}", "https://x.example/")], START
    ),
    "conversations.snooze.snooze": lambda s, m, t: snooze.snooze(
        s, m, (t.conversation, t.my_agent), None, START
    ),
    "conversations.snooze.wake": lambda s, m, t: snooze.wake(
        s, m, (t.conversation, t.my_agent), START
    ),
    "conversations.snooze.wake_by_timer": lambda s, m, t: snooze.wake_by_timer(
        s, m, (t.conversation, 1), START
    ),
    "conversations.media.kept_file": lambda s, m, t: media.kept_file(s, m, t.file),
    "conversations.merge.merge_customers": lambda s, m, t: merge.merge_customers(
        s, m, (t.my_customer, t.customer), EVIDENCE, START
    ),
    "conversations.merge.undo_merge": lambda s, m, t: merge.undo_merge(
        s, m, t.merge, "x", START, unheard
    ),
    "conversations.parting.part": lambda s, m, t: parting.part(
        s, m, (t.my_customer, t.customer), unheard, START
    ),
    "conversations.merge.merges": lambda s, m, t: merge.merges(s, m, t.customer),
    "conversations.message.message": lambda s, m, t: message.message(s, m, t.message),
    "conversations.message.held_message": lambda s, m, t: message.held_message(s, m, t.message),
    "conversations.message.by_dedupe_key": lambda s, m, t: message.by_dedupe_key(s, m, t.key),
    "conversations.message.by_external_id": lambda s, m, t: message.by_external_id(
        s, m, t.inbox, t.key
    ),
    "conversations.message.messages_after": lambda s, m, t: message.messages_after(
        s, m, t.conversation, 0
    ),
    "conversations.message.messages_before": lambda s, m, t: message.messages_before(
        s, m, t.conversation, 10**6
    ),
    "conversations.message.messages_by_id": lambda s, m, t: message.messages_by_id(
        s, m, [t.message, t.failed]
    ),
    "conversations.note.write_note": lambda s, m, t: note.write_note(
        s, m, note.NewNote(t.conversation, t.my_agent, "n", "x"), START
    ),
    "conversations.note.notes": lambda s, m, t: note.notes(s, m, t.conversation),
    "conversations.outbox.cancel_message": lambda s, m, t: outbox.cancel_message(s, m, t.message),
    "conversations.outbox.send_again": lambda s, m, t: outbox.send_again(
        s, m, t.failed, may_double=True, now=START
    ),
    "conversations.reach.reach": lambda s, m, t: reach.reach(s, m, t.customer, START),
    "conversations.search.find_messages": lambda s, m, t: search.find_messages(
        s, m, search.Search(MARK)
    ),
    "conversations.search.forget_message": lambda s, m, t: search.forget_message(s, m, t.message),
    "conversations.told_apart.told_apart": lambda s, m, t: [
        one for one in [told_apart.told_apart(s, m, (t.my_customer, t.customer))] if one
    ],
    "conversations.visit.pages_seen": lambda s, m, t: visit.pages_seen(s, m, t.customer),
    "conversations.visit.cart_seen": lambda s, m, t: visit.cart_seen(s, m, t.customer),
    "conversations.waiting.ahead_of": lambda s, m, t: [waiting.ahead_of(s, m, START)],
    "conversations.waiting.waiting": lambda s, m, t: [
        waiting.waiting(s, m, START, lambda at: True)
    ],
}
# What these are told they write into the merchant's own rows; they name nothing that exists.
WRITE_THEIR_OWN = {
    "merchants.attendance.watch",
    "conversations.calling.call_router",
    "conversations.calling.call_router_at",
    "merchants.language_model.set_model",
    "merchants.agent.add_agent",
    "merchants.audit.write_down",
    "merchants.inbox.add_inbox",
    "merchants.merchant.merchant",
    "merchants.store.add_store",
    "merchants.team.create_team",
    "conversations.label.create_label",
    "merchants.merchant.change_settings",
    "merchants.fallback.set_fallback",
    "merchants.merchant.change_merchant",
    "merchants.looks.change_appearance",
    "merchants.voice_change.change_voice",
    "customers.customer.new_customer",
    "conversations.form.create_form",
    "conversations.media.keep_file",
    "conversations.search.index_message",
    "conversations.search.index_new",
}


def act(merchant_id: int, theirs: Theirs) -> handoff.Act:
    return handoff.Act(merchant_id, theirs.conversation, theirs.my_agent, 1)


def asked_for_a_merchant() -> Iterator[str]:
    """Every public function of the domain that takes a session and a merchant."""
    for folder in ("merchants", "customers", "conversations"):
        package = importlib.import_module(f"kaiwa.{folder}")
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"kaiwa.{folder}.{found.name}")
            for name, function in vars(module).items():
                own = inspect.isfunction(function) and function.__module__ == module.__name__
                if own and not name.startswith("_"):
                    names = set(inspect.signature(function).parameters)
                    if {"session", "merchant_id"} <= names:
                        yield f"{folder}.{found.name}.{name}"


def test_every_question_has_a_case() -> None:
    assert sorted(set(asked_for_a_merchant()) - set(CASES) - WRITE_THEIR_OWN) == []


@pytest.mark.slow
@settings(
    deadline=None,
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["mika", "ren"])), max_size=8))
def test_naming_anothers_rows_yields_and_changes_nothing(
    database: Database, chatter: list[tuple[bool, str]]
) -> None:
    with small_world(database) as world:
        mine, other = world.shop(), world.shop()
        furnish(mine, "甲だけの言葉")
        furnish(other, MARK)
        for is_mine, sender in chatter:
            shop = mine if is_mine else other
            shop.hear("甲" if is_mine else MARK, sender=sender)
        theirs = theirs_of(other, mine)
        before, jobs = dump(database, other.id), dump(database)["job"]
        for name, call in CASES.items():
            answer = ask(world, call, mine.id, theirs)
            assert nothing_of(answer, other), (name, answer)
        # Which table it is tells which of them wrote.
        assert dump(database, other.id) == before
        assert dump(database)["job"] == jobs


def ask(world: World, call: Call, merchant_id: int, theirs: Theirs) -> Any:
    try:
        return world.write(lambda s: call(s, merchant_id, theirs))
    except (NotFound, Conflict) as refusal:
        # Even a refusal must not tell that the thing exists.
        assert isinstance(refusal, NotFound), refusal
        return None


def nothing_of(answer: Any, other: Shop) -> bool:
    """Whether an answer is empty, or holds rows of our own only."""
    if answer in (None, [], (), False, "unknown"):
        return True
    text = repr(answer)
    return isinstance(answer, list) and MARK not in text and f"merchant_id={other.id}," not in text


class Undone(Exception):
    """Carries an answer out of a transaction that is not to stand."""


def answered(session: Session, call: Call, merchant_id: int, theirs: Theirs) -> None:
    raise Undone(call(session, merchant_id, theirs))


# These say nothing to their caller, or there is nothing of the kind to see.
SILENT = {
    "conversations.told_apart.told_apart",
    "customers.consent.refused_here",
    "merchants.metered_use.note_metered",
    "customers.consent.record_consent",
    "customers.consent.restore_consent",
    "customers.customer.learn_name",
    "customers.customer.unlearn_name",
    "conversations.happening.happenings",
    "conversations.intake.set_taken_in",
    "conversations.search.forget_message",
    "conversations.visit.cart_seen",
    "merchants.language_model.remove_model",
    "merchants.store.remove_store",
    "merchants.team.remove_team",
    "merchants.inbox_change.note_checked",
    "conversations.leaving.leave_all",
    "conversations.label.remove_label",
    "conversations.form.remove_form",
    "conversations.snooze.wake_by_timer",
    "merchants.attendance.note_seen",
    "merchants.attendance.note_left",
    "merchants.attendance.note_given",
    "merchants.attendance.tell",
    "merchants.ability.set_ability",
    "conversations.calling.call_if_gone",
    "conversations.reply_clock.reply_clocks",
    "conversations.reply_clock.first_replies",
    "conversations.mention.mention",
    "conversations.mention.see_mentions",
}


def test_the_owner_gets_an_answer_to_the_same_questions(world: World) -> None:
    mine, other = world.shop(), world.shop()
    furnish(mine, "甲だけの言葉")
    furnish(other, MARK)
    shop = world.read(lambda s: agent.agents(s, other.id))[0]
    own = theirs_of(other, mine)
    own = msgspec.structs.replace(
        own, my_agent=shop.id, my_customer=other.person("ren", "chirp").customer_id
    )
    for name, call in CASES.items():
        try:
            world.write(lambda s, call=call: answered(s, call, other.id, own))  # type: ignore[misc]
        except Undone as answer:
            assert name in SILENT or answer.args[0] not in (None, [], (), False), name
        except Exception as error:
            # The row is there, though not in the state the verb needs.
            assert type(error) is not NotFound, (name, error)


def test_anothers_message_cannot_be_taken_back(world: World) -> None:
    mine, other = world.shop(), world.shop()
    furnish(other, MARK)
    before = dump(world.db, other.id)
    mine.hear(TakenBack(f"theirs-{other.id}"), sender=None)
    mine.hear(TakenBack(f"theirs-{other.id}"))
    assert dump(world.db, other.id) == before
