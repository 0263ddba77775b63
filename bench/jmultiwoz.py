"""JMultiWOZ-TC: which tool a turn calls, with which arguments, without a language model.

`--data FILE` is dialogues.jsonl.gz (not ours to ship). Scored per user turn with the gold history:
the tool or none, the whole call on call turns, slot F1 where the tool is right. The last 500
dialogues are only scored with `--last`; without it the model learns the first 2,700 and is
scored on those behind them, which is what it may be tuned on.

The reader (days, times), the features and the training are the product's. What is here is what
travel needs: where each slot's value can come from, and a classifier that learns which to take.
"""

import argparse
import gzip
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bench._measure import say
from bench.travel.tracker import Tracker

LAST: Final = 500
TUNED_ON: Final = 2_700


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True, help="dialogues.jsonl.gz")
    parser.add_argument("--last", action="store_true", help="score the last 500; never tune on it")
    parser.add_argument("--misses", type=int, default=0, help="print so many wrong calls")
    given = parser.parse_args()
    lines = gzip.decompress(given.data.read_bytes()).splitlines()
    every = [json.loads(line) for line in lines]
    seen = every[:-LAST]
    learn, test = (seen, every[-LAST:]) if given.last else (seen[:TUNED_ON], seen[TUNED_ON:])
    begun = time.process_time()
    tracker = Tracker(learn)
    say("jmultiwoz_training", time.process_time() - begun, "s CPU")
    _score(tracker, test, given.misses)


def _score(tracker: Tracker, test: Sequence[dict[str, Any]], misses: int) -> None:
    turns = right = calls = exact = hit = called = wanted = 0
    spent: list[float] = []
    wrong: dict[str, int] = {}
    for dialogue in test:
        for turn in tracker.turns(dialogue):
            begun = time.thread_time()
            got = tracker.call(turn)
            spent.append((time.thread_time() - begun) * 1000)
            turns += 1
            same = (got and got[0]) == (turn.call and turn.call[0])
            right += same
            if turn.call is None:
                continue
            calls += 1
            exact += got == turn.call
            if same and got is not None:
                one, two = set(got[1].items()), set(turn.call[1].items())
                hit, called, wanted = hit + len(one & two), called + len(one), wanted + len(two)
                for slot, _ in one ^ two:
                    wrong[slot] = wrong.get(slot, 0) + 1
            if got != turn.call and misses:
                misses -= 1
                print(turn.bot, "|", turn.user, "\n   ", got, "\n   ", turn.call)
    if misses or wrong:
        print(sorted(wrong.items(), key=lambda pair: -pair[1]))
    spent.sort()
    say("jmultiwoz_tool", 100 * right / turns, "%", "98")
    say("jmultiwoz_full_call", 100 * exact / calls, "%", "70")
    say("jmultiwoz_slot_f1", 2 * hit / (called + wanted), "", "0.90")
    say("jmultiwoz_turn_p99", spent[len(spent) * 99 // 100], "ms CPU", "10")


if __name__ == "__main__":
    main()
