"""The small world, for the stories of a turn."""

from tests.world import shop, world

__all__ = ["shop", "world"]
