"""Dialogue: what the bot remembers of a conversation from turn to turn."""
