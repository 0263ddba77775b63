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
    return {act: skill for skill in skills().values() for act in skill.acts}


def skill_for(act: str) -> Skill:
    """The skill that serves this act; the one that says it does not know if none does."""
    return _by_act().get(act) or skills()["unsure"]
