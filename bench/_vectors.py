"""Vectors of many texts, kept in a file between runs."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kaiwa.bot.nlu.intents.training import Floats
from kaiwa.engines.embeddings import open_embedder


class Vectors:
    """One unit vector a text, as the product would ask for it."""

    def __init__(self, path: Path | None) -> None:
        embedder = open_embedder()
        if embedder is None:
            raise SystemExit(
                "Vectors need the extra `embeddings`: pip install 'kaiwa[embeddings]'."
            )
        self._embedder = embedder
        self._path = path
        self._kept: dict[str, Floats] = {}
        if path is not None and path.exists():
            with np.load(path, allow_pickle=False) as file:
                texts, rows = file["texts"].tolist(), file["rows"].astype(np.float32)
            self._kept = dict(zip(texts, rows, strict=True))

    def of(self, texts: Sequence[str]) -> Floats:
        """One row a text, in their order."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
        for text in missing:
            self._kept[text] = self._embedder.query(text)
        if missing and self._path is not None:
            rows = np.stack(list(self._kept.values()))
            np.savez(self._path, texts=np.array(list(self._kept)), rows=rows)
        found: Floats = np.stack([self._kept[text] for text in texts])
        return found
