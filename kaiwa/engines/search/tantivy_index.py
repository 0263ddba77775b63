"""A text index by tantivy, in the process: one writer a folder, readers as many as wanted."""

import contextlib
import os
import shutil
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import tantivy

from kaiwa.engines.search import ANY, NO_HITS, Clause, Document, Field, Hits, Only, Term
from kaiwa.engines.search.claim import Claim
from kaiwa.engines.search.view import NUMBER, View
from kaiwa.vocabulary.errors import Unreachable

TIE: Final = 0.3
MOST_READ: Final = 20_000  # entries of the index, for a question that any word answers
# With so many entries to read all ways count in full: twice as quick, and a little worse.
ANY_ADDED: Final = 5_000
EVERY_ADDED: Final = 40_000
FETCHED_FOR_ONE: Final = 6
FETCHED_ANYWAY: Final = 300
FEWEST: Final = 2  # clauses that are asked for however common they are
TERMS_KEPT: Final = 4_096
HEAP_BYTES: Final = 30_000_000
_ENGLISH: Final = "english_stems"


class _Mark(msgspec.Struct, frozen=True):
    commit: int
    mark: str


class _Meta(msgspec.Struct, frozen=True):
    opstamp: int


class TantivyIndex:
    """See `TextIndex`. `folder` None keeps it in memory."""

    def __init__(self, folder: Path | None, fields: Sequence[Field]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field(NUMBER, stored=False, indexed=True, fast=True)
        for field in fields:
            tokenizer = _ENGLISH if field.kind == "english" else "whitespace"
            # Without places of words: nothing asks for phrases, and they are half of the bytes.
            builder.add_text_field(
                field.name, stored=False, tokenizer_name=tokenizer, index_option="freq"
            )
        self._schema = builder.build()
        self._stemmer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.remove_long(60))
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.ascii_fold())
            .filter(tantivy.Filter.stemmer("english"))
            .build()
        )
        self._folder = folder
        # Each question looks at it.
        self._meta = None if folder is None else str(folder / "meta.json")
        self._claim = Claim(folder)
        self._writer: tantivy.IndexWriter | None = None
        self._mark = ""
        self._terms: OrderedDict[Term, tantivy.Query] = OrderedDict()
        self._stems: dict[str, list[str]] = {}
        self._among: tuple[tuple[int, ...], tantivy.Query | None] = ((), None)
        self._seen = self._written()
        self._index = self._open()
        self._view = View(self._index.searcher())

    def claim(self) -> bool:
        """See `TextIndex`."""
        if not self._claim.held and self._claim.take():
            self.refresh()
        return self._claim.held

    def mark(self) -> str:
        """See `TextIndex`."""
        if self._folder is None:
            return self._mark
        try:
            told = msgspec.json.decode((self._folder / "mark").read_bytes(), type=_Mark)
            meta = msgspec.json.decode((self._folder / "meta.json").read_bytes(), type=_Meta)
        except (OSError, msgspec.DecodeError):
            return ""
        # A mark of a commit that is not there is of an index that somebody took away.
        return told.mark if told.commit <= meta.opstamp else ""

    def write(self, documents: Iterable[Document], gone: Iterable[int], mark: str) -> None:
        """One commit, then the mark: killed between the two, the same is written once more."""
        writer = self._writing()
        try:
            for number in gone:
                self._forget(writer, number)
            for one in documents:
                self._forget(writer, one.number)
                document = tantivy.Document()
                document.add_unsigned(NUMBER, one.number)
                for name, text in one.texts.items():
                    document.add_text(name, text)
                writer.add_document(document)
            commit = writer.commit()
        except (ValueError, OSError) as error:
            # The writer is unusable now; the last commit stands, and the next call opens anew.
            self._writer = None
            raise Unreachable(f"The search index could not be written: {error}") from error
        self._keep(_Mark(commit, mark))
        self._reload()

    def clear(self) -> None:
        """See `TextIndex`."""
        writer = self._writing()
        self._keep(_Mark(0, ""))
        writer.delete_all_documents()
        writer.commit()
        self._reload()

    def rest(self) -> None:
        """See `TextIndex`."""
        if self._writer is not None:
            with contextlib.suppress(ValueError):
                self._writer.wait_merging_threads()
            self._writer = None
            self._reload()
        self._claim.let_go()

    def refresh(self) -> bool:
        """See `TextIndex`."""
        if self._seen == self._written():
            return False
        self._reload()
        return True

    def find(self, clauses: Sequence[Clause], most: int, *, every: bool, only: Only = ANY) -> Hits:
        """See `TextIndex`."""
        if not clauses or only.among == ():
            return NO_HITS
        view = self._view
        # A way that no document goes costs as much to try as any other.
        living = [one for clause in clauses if (one := view.living(clause)) is not None]
        if not living or (every and len(living) < len(clauses)):
            return NO_HITS
        asked = (tuple(living), every, only)
        known = view.known(asked, most)
        if known is not None:
            return known
        if only.among is not None:
            # To ask for a document by its number costs more than to fetch some for nothing.
            few = FETCHED_FOR_ONE * len(only.among) + FETCHED_ANYWAY
            if _counted(map(view.about, living), every=every) <= few:
                whole = _counted(map(view.most, living), every=every)
                free = msgspec.structs.replace(only, among=None)
                return _among(self.find(clauses, whole, every=every, only=free), only.among, most)
        if every:
            if sum(map(view.entries, living)) > EVERY_ADDED:
                living = [msgspec.structs.replace(one, added=True) for one in living]
            query = self._every(living)
        else:
            query = self._any(*self._telling(view, living))
        return view.find(asked, self._allowed(query, only), most)

    def has(self, clause: Clause) -> bool:
        """See `TextIndex`."""
        return self._view.living(clause) is not None

    def answers(self, clause: Clause) -> bool:
        """See `TextIndex`. What is remembered of terms answers for most clauses."""
        view = self._view
        if not clause.unless and any(view.there(one, self._term) for one in clause.terms):
            return True
        return (
            bool(clause.others or clause.unless)
            and len(self.find([clause], 1, every=True).numbers) > 0
        )

    def stems(self, text: str) -> list[str]:
        """See `TextIndex`."""
        known = self._stems.get(text)
        if known is None:
            if len(self._stems) >= TERMS_KEPT:
                self._stems.clear()
            known = self._stems[text] = self._stemmer.analyze(text)
        return list(known)

    def close(self) -> None:
        """See `TextIndex`."""
        self.rest()

    def _open(self) -> "tantivy.Index":
        folder = self._folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        try:
            return self._made(folder)
        except ValueError as error:
            # Whatever is there cannot be read: it is made again, unless another just makes it.
            if folder is None or not self._claim.take():
                raise Unreachable(f"The search index cannot be read now: {error}") from error
            for path in folder.iterdir():
                if path.name != "writer.lock":
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            made = self._made(folder)
            self._claim.let_go()
            return made

    def _made(self, folder: Path | None) -> "tantivy.Index":
        index = tantivy.Index(self._schema, path=None if folder is None else str(folder))
        index.register_tokenizer(_ENGLISH, self._stemmer)
        index.config_reader("manual")
        return index

    def _writing(self) -> "tantivy.IndexWriter":
        if not self.claim():
            raise Unreachable("Another process writes the search index.")
        if self._writer is None:
            try:
                self._writer = self._index.writer(HEAP_BYTES, 1)
            except ValueError as error:
                raise Unreachable(f"The search index cannot be written: {error}") from error
        return self._writer

    def _keep(self, mark: _Mark) -> None:
        self._mark = mark.mark
        if self._folder is not None:
            fresh = self._folder / "mark.new"
            fresh.write_bytes(msgspec.json.encode(mark))
            fresh.replace(self._folder / "mark")

    def _written(self) -> tuple[int, int]:
        """What tells one commit from the next without reading it."""
        if self._meta is None:
            return 0, 0
        try:
            told = os.stat(self._meta)  # noqa: PTH116 (a `Path` takes as long again)
        except OSError:
            return 0, 0
        return told.st_mtime_ns, told.st_ino

    def _reload(self) -> None:
        self._seen = self._written()
        self._index.reload()
        self._view = View(self._index.searcher())

    def _forget(self, writer: "tantivy.IndexWriter", number: int) -> None:
        writer.delete_documents_by_query(self._numbered(number))

    def _numbered(self, number: int) -> "tantivy.Query":
        return tantivy.Query.term_query(self._schema, NUMBER, number)

    def _telling(self, view: View, clauses: Sequence[Clause]) -> tuple[list[Clause], int]:
        """The rarest of the clauses, and how many entries of the index they have together.

        Of any words, the common ones say little and cost most.
        """
        often = [view.entries(clause) for clause in clauses]
        kept: list[Clause] = []
        read = 0
        for at in sorted(range(len(clauses)), key=often.__getitem__):
            if read + often[at] > MOST_READ and len(kept) >= FEWEST:
                break
            read += often[at]
            kept.append(clauses[at])
        return kept, read

    def _every(self, clauses: Sequence[Clause]) -> "tantivy.Query":
        return _all([self._query(one) for one in clauses], every=True)

    def _any(self, clauses: Sequence[Clause], read: int) -> "tantivy.Query":
        terms: list[Term] = []
        ways: list[tantivy.Query] = []
        for one in clauses:
            # Where all ways count in full, one heap of them is quicker than a heap for each clause.
            if (one.added or read > ANY_ADDED) and not one.unless:
                terms += one.terms
                ways += self._together(one)
            else:
                ways.append(self._query(one))
        return _all([*map(self._term, self._view.folded(terms)), *ways], every=False)

    def _allowed(self, query: "tantivy.Query", only: Only) -> "tantivy.Query":
        must = [self._query(one) for one in only.within]
        if only.among is not None:
            must.append(self._any_of(only.among))
        if not must and not only.without:
            return query
        parts = [(tantivy.Occur.Must, query)]
        parts += [(tantivy.Occur.Must, tantivy.Query.const_score_query(one, 0.0)) for one in must]
        parts += [(tantivy.Occur.MustNot, self._query(one)) for one in only.without]
        return tantivy.Query.boolean_query(parts)

    def _any_of(self, numbers: tuple[int, ...]) -> "tantivy.Query":
        known, query = self._among
        # One question asks several times among the same.
        if known is not numbers or query is None:
            query = _all([self._numbered(one) for one in numbers], every=False)
            self._among = (numbers, query)
        return query

    def _query(self, clause: Clause) -> "tantivy.Query":
        ways = self._ways(clause)
        if len(ways) == 1 or clause.added:
            best = _all(ways, every=False)
        else:
            best = tantivy.Query.disjunction_max_query(ways, TIE)
        if not clause.unless:
            return best
        barred = [(tantivy.Occur.MustNot, self._query(one)) for one in clause.unless]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, best), *barred])

    def _ways(self, clause: Clause) -> "list[tantivy.Query]":
        terms = self._view.folded(clause.terms) if clause.added else clause.terms
        return [*map(self._term, terms), *self._together(clause)]

    def _together(self, clause: Clause) -> "list[tantivy.Query]":
        return [self._every(parts) for parts in clause.others if parts]

    def _term(self, term: Term) -> "tantivy.Query":
        query = self._terms.get(term)
        if query is None:
            query = tantivy.Query.term_query(self._schema, term.field, term.text, "freq")
            # Only bare terms let the index skip what cannot be among the best.
            if term.weight != 1.0:
                query = tantivy.Query.boost_query(query, term.weight)
            # One at a time: to let go of all of them at once takes longer than an answer.
            if len(self._terms) >= TERMS_KEPT:
                self._terms.popitem(last=False)
            self._terms[term] = query
        return query


def _counted(answers: Iterable[int], *, every: bool) -> int:
    """How many answer all clauses, or any, where so many answer each."""
    return min(answers) if every else sum(answers)


def _among(hits: Hits, numbers: tuple[int, ...], most: int) -> Hits:
    told = hits.numbers.tolist()
    allowed = frozenset(numbers)
    places = np.array([at for at, one in enumerate(told) if one in allowed][:most], np.int64)
    return Hits(hits.numbers[places], hits.scores[places])


def _all(parts: "Sequence[tantivy.Query]", *, every: bool) -> "tantivy.Query":
    if len(parts) == 1:
        return parts[0]
    occur = tantivy.Occur.Must if every else tantivy.Occur.Should
    return tantivy.Query.boolean_query([(occur, one) for one in parts])
