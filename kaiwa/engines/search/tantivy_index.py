"""A text index by tantivy, in the process: one writer a folder, readers as many as wanted."""

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, cast

import tantivy

from kaiwa.engines.search import Clause, Document, Field, Hits
from kaiwa.vocabulary.errors import Unreachable

TIE: Final = 0.3
HEAP_BYTES: Final = 30_000_000
_NUMBER: Final = "number"
_ENGLISH: Final = "english_stems"


class TantivyIndex:
    """See `TextIndex`. `folder` None keeps it in memory."""

    def __init__(self, folder: Path | None, fields: Sequence[Field]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field(_NUMBER, stored=False, indexed=True, fast=True)
        for field in fields:
            tokenizer = _ENGLISH if field.kind == "english" else "whitespace"
            builder.add_text_field(field.name, stored=False, tokenizer_name=tokenizer)
        self._schema = builder.build()
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=None if folder is None else str(folder))
        self._stemmer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.remove_long(60))
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.ascii_fold())
            .filter(tantivy.Filter.stemmer("english"))
            .build()
        )
        self._index.register_tokenizer(_ENGLISH, self._stemmer)
        self._writer: tantivy.IndexWriter | None = None
        self._searcher = self._index.searcher()

    def write(self, documents: Iterable[Document], gone: Iterable[int]) -> None:
        """One commit; `Unreachable` when another process writes in this folder."""
        writer = self._writing()
        try:
            for number in gone:
                self._forget(writer, number)
            for one in documents:
                self._forget(writer, one.number)
                document = tantivy.Document()
                document.add_unsigned(_NUMBER, one.number)
                for name, text in one.texts.items():
                    document.add_text(name, text)
                writer.add_document(document)
            writer.commit()
        except (ValueError, OSError) as error:
            # The writer is unusable now; the last commit stands, and the next call opens anew.
            self._writer = None
            raise Unreachable(f"The search index could not be written: {error}") from error
        self._index.reload()
        self._searcher = self._index.searcher()

    def find(self, clauses: Sequence[Clause], most: int, *, every: bool) -> Hits:
        """See `TextIndex`."""
        if not clauses:
            return Hits()
        must = tantivy.Occur.Must if every else tantivy.Occur.Should
        query = tantivy.Query.boolean_query([(must, self._query(one)) for one in clauses])
        found = self._searcher.search(query, limit=most, count=False).hits
        if not found:
            return Hits()
        scores, addresses = zip(*found, strict=True)
        numbers = self._searcher.fast_field_values(_NUMBER, list(addresses))
        return Hits(cast("list[int]", numbers), scores)

    def stems(self, text: str) -> list[str]:
        """See `TextIndex`."""
        return list(self._stemmer.analyze(text))

    def close(self) -> None:
        """See `TextIndex`."""
        if self._writer is not None:
            with contextlib.suppress(ValueError):
                self._writer.wait_merging_threads()
            self._writer = None

    def _writing(self) -> "tantivy.IndexWriter":
        if self._writer is None:
            try:
                self._writer = self._index.writer(HEAP_BYTES, 1)
            except ValueError as error:
                raise Unreachable(f"Another process writes the search index: {error}") from error
        return self._writer

    def _forget(self, writer: "tantivy.IndexWriter", number: int) -> None:
        same = tantivy.Query.term_query(self._schema, _NUMBER, number)
        writer.delete_documents_by_query(same)

    def _query(self, clause: Clause) -> "tantivy.Query":
        ways = [
            tantivy.Query.boost_query(
                tantivy.Query.term_query(self._schema, term.field, term.text), term.weight
            )
            for term in clause.terms
        ]
        for parts in clause.others:
            together = [(tantivy.Occur.Must, self._query(part)) for part in parts]
            ways.append(tantivy.Query.boolean_query(together))
        return ways[0] if len(ways) == 1 else tantivy.Query.disjunction_max_query(ways, TIE)
