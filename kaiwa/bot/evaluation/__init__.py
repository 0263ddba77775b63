"""Transcripts with what must hold of each answer: reading, playing, judging, reporting."""
