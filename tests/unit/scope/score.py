"""The interpreter's score on the table of phrases, by kind, and the document that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from seedfast.packs.library import Library
from seedfast.scope.interpret import Interpreter, Reading
from tests.unit.scope.phrases import NOW, Phrase, canonical, phrases
from tests.unit.scope.schemas import database

# Packs that come later may know more words.
PACKS = Library([files("seedfast.packs").joinpath(name) for name in ("clinical", "media", "pharmacy", "retail")])

BEGIN, END = "<!-- score -->", "<!-- end of score -->"


@dataclass(frozen=True)
class Result:
    """What became of a phrase; ``silent`` where the reading is wrong and names no word that wasn't understood."""

    phrase: Phrase
    reading: Reading

    @property
    def right(self) -> bool:
        left = {word.lower() for one in self.reading.unused for word in one.words.split()}
        return canonical(self.reading.spec) == canonical(self.phrase.means) and left == self.phrase.left

    @property
    def silent(self) -> bool:
        return not self.right and not self.reading.unused


@cache
def interpreter(schema: str) -> Interpreter:
    return Interpreter(database(schema), now=NOW, packs=PACKS)


def read(phrase: Phrase) -> Result:
    return Result(phrase, interpreter(phrase.schema).read(phrase.said, base=phrase.before))


@cache
def results() -> tuple[Result, ...]:
    return tuple(map(read, phrases()))


def table() -> str:
    """Return the score as Markdown, with the phrases that are read wrong."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "| kind | tuned | held out | wrong and silent |"
    yield "|---|---|---|---|"
    kinds = sorted({result.phrase.kind for result in results()})
    for kind in (*kinds, "all"):
        mine = [result for result in results() if kind in (result.phrase.kind, "all")]
        halves = [[result for result in mine if result.phrase.held_out is held_out] for held_out in (False, True)]
        cells = [f"{sum(result.right for result in half)} of {len(half)}" for half in halves]
        yield f"| {kind.replace('_', ' ')} | {' | '.join(cells)} | {sum(result.silent for result in mine)} |"
    yield ""
    yield "Read wrong:"
    yield ""
    for result in results():
        if not result.right:
            yield f"- {result.phrase.kind.replace('_', ' ')}, {result.phrase}{' (silently)' if result.silent else ''}"
