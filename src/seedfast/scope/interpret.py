"""The interpreter: a request in plain words becomes a scope, by rules and a lexicon alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from seedfast.model.database import Database
from seedfast.packs.library import Library
from seedfast.scope import children, figures, growth, lists, sizes, traits
from seedfast.scope.atoms import Spotter
from seedfast.scope.ground import Vocabulary
from seedfast.scope.reader import Reader, Rules
from seedfast.scope.spec import ScopeSpec
from seedfast.scope.tokens import tokens
from seedfast.scope.topics import Topics

WISHES: Rules = {**figures.RULES, **growth.RULES, **sizes.RULES, **children.RULES, **traits.RULES, **lists.RULES}
"""What each rule of the grammar comes to."""


@dataclass(frozen=True, slots=True)
class Unused:
    """Words that carry meaning and were not understood, and what in the schema is most like them ("": nothing)."""

    words: str
    closest: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence came to: the scope, the words that were not used, and ``notes`` on what was assumed."""

    spec: ScopeSpec
    unused: tuple[Unused, ...] = ()
    notes: tuple[str, ...] = ()


class Interpreter:
    """Reads sentences about one schema; ``now`` is the moment that times count from."""

    def __init__(self, database: Database, *, now: datetime, packs: Library | None = None) -> None:
        self._vocabulary = Vocabulary(database, now, packs)
        self._spotter = Spotter(self._vocabulary, Topics(packs), now)

    def read(self, text: str, *, base: ScopeSpec | None = None, planned: Mapping[str, int] | None = None) -> Reading:
        """Return what a sentence asks for.

        With ``base``, the scope that holds so far, the sentence changes it, and only what it speaks of; ``planned`` are
        the rows that tables would get now, which "twice as many" is said of.
        """
        atoms = self._spotter.atoms(tokens(text))
        reader = Reader(self._vocabulary, atoms, base, planned or {}, self._spotter.now)
        reader.read(WISHES)
        said = text.strip()
        draft = reader.draft
        spec = draft.spec(said, self._vocabulary) if base is None else draft.change(base, said)
        unused = tuple(Unused(" ".join(words), self._closest(words)) for words in reader.left)
        return Reading(spec, unused, tuple(reader.notes))

    def _closest(self, words: Sequence[str]) -> str:
        """Return what is most like any of some words, the longest of them first."""
        found = (self._vocabulary.closest(word) for word in sorted(words, key=len, reverse=True))
        return next(filter(None, found), "")


def interpret(
    text: str,
    database: Database,
    *,
    now: datetime,
    packs: Library | None = None,
    base: ScopeSpec | None = None,
    planned: Mapping[str, int] | None = None,
) -> Reading:
    """Return what one sentence about a schema asks for; an ``Interpreter`` reads several faster."""
    return Interpreter(database, now=now, packs=packs).read(text, base=base, planned=planned)
