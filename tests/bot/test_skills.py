"""Skills are found by walking their folder."""

from kaiwa.bot.skills.contract import label
from kaiwa.bot.skills.registry import skill_for, skills


def test_every_skill_is_found_and_serves_acts_of_its_own() -> None:
    found = skills()
    acts = [act for skill in found.values() for act in skill.acts]
    assert {"greet", "faq", "handoff", "thanks", "goodbye", "unsure"} <= found.keys()
    assert len(acts) == len(set(acts))


def test_an_act_that_nobody_serves_is_not_known() -> None:
    assert skill_for("faq").name == "faq"
    assert skill_for("never_heard_of").name == "unsure"


def test_labels_fit_a_quick_reply() -> None:
    assert label("送料はいくらですか") == "送料はいくらですか"
    assert label("あ" * 15) == "あ" * 13 + "…"
    assert label("Which payment methods do you accept?") == "Which payment metho…"
