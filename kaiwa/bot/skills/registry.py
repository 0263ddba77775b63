"""Finds skills: every module beside this file that has a `SKILL`, then entry points.

A third party's package adds one by an entry point in the group `kaiwa.skills`.
"""

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

import kaiwa.bot.skills
from kaiwa.bot.skills.contract import Skill


@cache
def skills() -> dict[str, Skill]:
    """Every skill by its name."""
    found: dict[str, Skill] = {}
    for module in pkgutil.iter_modules(kaiwa.bot.skills.__path__):
        candidate = importlib.import_module(f"kaiwa.bot.skills.{module.name}")
        if hasattr(candidate, "SKILL"):
            found[candidate.SKILL.name] = candidate.SKILL
    for entry in entry_points(group="kaiwa.skills"):
        extra: Skill = entry.load()
        found[extra.name] = extra
    return found


@cache
def _by_act() -> dict[str, Skill]:
    ranked = sorted(skills().values(), key=lambda skill: -skill.rank)
    return {act: skill for skill in ranked for act in skill.acts}


def skill_for(acts: tuple[str, ...]) -> Skill:
    """The skill that serves these acts; the one that says it does not know if none does."""
    able = [_by_act()[act] for act in acts if act in _by_act()]
    return min(able, key=lambda skill: skill.rank) if able else skills()["unsure"]
