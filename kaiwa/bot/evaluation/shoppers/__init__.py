"""Scripted shoppers: made of a shop's own catalog and FAQ, with goals and moods, by a seed."""
