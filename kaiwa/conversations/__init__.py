"""Conversations: what was said, by whom, in what order, and what became of it."""
