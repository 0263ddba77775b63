"""Understanding at scale: CPU per utterance with the names of 50,000 products, and their memory.

`--products N`. Utterances are the shipped examples with titles of the shop in their places, one
and two wishes each, in both languages. Times are CPU of this process, models already trained.
"""

import datetime as dt
import random
import tempfile
import time
from pathlib import Path

from bench import _catalogue, _measure
from bench.finder_speed import PRODUCTS
from kaiwa.bot.dialogue.state import Dialogue
from kaiwa.bot.nlu.act import ACTS
from kaiwa.bot.nlu.gazetteer import Gazetteer
from kaiwa.bot.nlu.intents.examples import forms_of, lines
from kaiwa.bot.nlu.intents.models import Models
from kaiwa.bot.nlu.understander import Context, Understander
from kaiwa.languages import words_ja
from kaiwa.vocabulary.language import LANGUAGES, Language

TURNS = 4_000
LIMIT_MS = 10
TODAY = dt.date(2026, 11, 1)
PLACES = {
    "brand": "Brand7",
    "colour": "赤",
    "size": "M",
    "n": "2個",
    "price": "3,000円",
    "order": "1024",
    "email": "a@shop.example",
    "phone": "090-1234-5678",
    "zip": "150-0001",
    "code": "SAVE10",
    "date": "8/14",
    "time": "16時",
    "ordinal": "2番目",
}


def utterances(language: Language) -> list[str]:
    luck = random.Random(7)
    every = [form for act in ACTS for line in lines(act, language) for form in forms_of(line)]
    found = []
    for number in range(TURNS // 2):
        said = luck.choice(every)
        if number % 4 == 0:
            said += ("。" if language == "ja" else ". ") + luck.choice(every)
        for name, value in PLACES.items():
            said = said.replace(f"{{{name}}}", value)
        found.append(
            said.replace("{product}", f"{luck.choice(_catalogue.WORDS['ja'])} 北欧風 急須")
        )
    return found


def main() -> None:
    parser = _measure.parser()
    parser.add_argument("--products", type=int, default=PRODUCTS)
    given = parser.parse_args()
    with _measure.measured_database(given) as (db, _), tempfile.TemporaryDirectory() as folder:
        shop = _catalogue.fill(db, given.products)
        words_ja.words("辞書")  # loaded before, for it serves the finder as well
        before = _measure.rss_mb()
        names, begun = Gazetteer(shop), time.process_time()
        db.read_now(names.catch_up)
        _measure.say("names_built", time.process_time() - begun, "s CPU")
        _measure.say("names_memory", _measure.rss_mb() - before, "MB", f"{len(names):,} names")
        Understander(Models(Path(folder))).read("こんにちは", Context())
        begun, models = time.process_time(), Models(Path(folder))
        models.model("ja")
        _measure.say("model_load", (time.process_time() - begun) * 1000, "ms CPU", "3,000")
        understander = Understander(models)
        for language in LANGUAGES:
            context = Context(Dialogue(), language, TODAY, names=names.find)
            understander.read("warm up", context)
            spent = []
            for text in utterances(language):
                begun = time.thread_time()
                understander.read(text, context)
                spent.append((time.thread_time() - begun) * 1000)
            spent.sort()
            _measure.say(f"read_p50_{language}", spent[len(spent) // 2], "ms CPU")
            p99 = spent[len(spent) * 99 // 100]
            _measure.say(f"read_p99_{language}", p99, "ms CPU", f"{LIMIT_MS}")


if __name__ == "__main__":
    main()
