"""Every story has a world and a shop in it."""

from tests.world import shop, world

__all__ = ["shop", "world"]
