"""Strict stand-ins for outside platforms: they refuse what the real ones refuse."""
