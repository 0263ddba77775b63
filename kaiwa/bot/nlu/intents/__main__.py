"""`python -m kaiwa.bot.nlu.intents` trains the shipped models; `make setup` runs it.

With the word `meaning` behind it, it makes what is learnt from vectors instead: some minutes.
"""

import sys

from kaiwa.bot.nlu.intents import models, semantic
from kaiwa.engines.embeddings import open_embedder
from kaiwa.vocabulary.language import LANGUAGES

if sys.argv[1:] == ["meaning"]:
    embedder = open_embedder()
    if embedder is None:
        sys.exit("Vectors need the extra `embeddings`: pip install 'kaiwa[embeddings]'.")
    for language in LANGUAGES:
        semantic.ship(language, embedder)
else:
    models.ship()
