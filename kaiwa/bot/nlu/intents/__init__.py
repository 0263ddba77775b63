"""Intents: which acts a clause may be, with honest probabilities. Trained here, served by numpy."""
