"""`python -m kaiwa.bot.nlu.intents` trains the shipped models; `make setup` runs it."""

from kaiwa.bot.nlu.intents.models import ship

ship()
