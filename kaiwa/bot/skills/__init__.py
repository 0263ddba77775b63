"""Skills: one file per ability, found by walking this folder; each has a `SKILL`."""
