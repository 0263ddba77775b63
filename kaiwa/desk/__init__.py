"""The desk: where agents see who waits, answer, and see each other at work."""
