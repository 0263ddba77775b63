"""Asks which of two or three things was meant, with buttons."""

from kaiwa.bot import payloads
from kaiwa.bot.nlu.command import Candidate
from kaiwa.bot.showing import Item
from kaiwa.bot.skills.contract import Asks, Case, Outcome, Skill, label, offer, said
from kaiwa.bot.skills.unsure import not_known
from kaiwa.catalog.translation import in_language
from kaiwa.vocabulary.reply import Block, ReplyAction


def which_product(case: Case, ids: tuple[int, ...]) -> Outcome:
    """Ask which of these products is meant."""
    found = case.shop.products(ids)
    titles = [in_language(one, case.language).title for one in found]
    actions = tuple(
        ReplyAction(label=label(title), text=title, payload=payloads.show(one.id))
        for title, one in zip(titles, found, strict=True)
    )
    sold = case.shop.variants(ids)
    offered = tuple(Item(some[0], tuple(some)) for one in found if (some := sold.get(one.id)))
    blocks: tuple[Block, ...] = (*said(case.say("clarify.which")), *offer(actions))
    return Outcome(blocks, asks=Asks("choice"), offered=offered)


def _serve(case: Case) -> Outcome:
    candidates = case.request.candidates
    if ids := tuple(one.product_id for one in candidates if one.product_id is not None):
        return which_product(case, ids)
    actions = tuple(_action(case, one) for one in candidates if one.act is not None)
    if not actions:
        return not_known(case)
    return Outcome(
        (*said(case.say("clarify.which")), *offer(actions)),
        asks=Asks("choice"),
        misunderstood=True,
    )


def _action(case: Case, candidate: Candidate) -> ReplyAction:
    if candidate.act in ("affirm", "decline") and case.state.pending is not None:
        yes = candidate.act == "affirm"
        text = case.say("choice.yes" if yes else "choice.no_change")
        payload = payloads.agree(case.state.pending.id, yes=yes)
        return ReplyAction(label=text, text=text, payload=payload)
    text = case.say(f"act.{candidate.act}")
    return ReplyAction(label=label(text), text=text, payload=payloads.act(str(candidate.act)))


SKILL = Skill("clarify", ("clarify",), _serve)
