"""An order in the talk: which is meant, what of it, and what may be done with it."""
