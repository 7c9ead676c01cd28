"""Text that matches patterns, by the words of an automaton."""

from __future__ import annotations

import pyarrow as pa

from seedfast.constraints.pattern import Automaton
from seedfast.constraints.recognise import Recogniser
from seedfast.rng import Rows
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, ValueKind
from seedfast.values.numbered import Numbered
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry


class Words(Numbered):
    """The words of an automaton, by their numbers."""

    def __init__(self, params: Params) -> None:
        written = params.get("automaton")
        try:
            self.automaton = Automaton.from_json(written)
            capacity = self.automaton.capacity
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            raise parameters.wrong("automaton", "an automaton as the plan writes it", written) from None
        if not capacity:
            raise parameters.wrong("automaton", "an automaton with at least one word", written)
        super().__init__(capacity)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the words of those numbers."""
        return self.automaton.words(index)


class Conforming(Generator):
    """Another kind's values where they meet the patterns, and words of the automaton where they don't.

    ``recognised`` is the automaton of everything allowed, ``automaton`` that of the words to fall back on.
    """

    def __init__(self, registry: Registry, params: Params) -> None:
        kind, inner = parameters.kind_of("kind", {"kind": params.get("kind"), "params": params.get("params", {})})
        self.nested = registry.build(kind, inner)
        self.inputs = self.nested.inputs
        self.words = Words({"automaton": params.get("automaton")})
        self.recogniser = Recogniser(Automaton.from_json(params.get("recognised")))
        self.capacity = self.nested.capacity

    def values(self, draw: Draw) -> pa.Array:
        """Return one conforming value per row."""
        return self._mended(self.nested.values(draw), draw.below(self.words.automaton.capacity, "word"))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the nested kind's values of those numbers, and the words of those numbers in place of misfits."""
        return self._mended(self.nested.at(index, draw), index % self.words.automaton.capacity)

    def conforms(self, texts: pa.Array) -> bool:
        """Tell whether all of the texts meet the patterns."""
        return bool(self.recogniser.accepts(columns.text(texts)).all())

    def _mended(self, made: pa.Array, numbers: Rows) -> pa.Array:
        texts = columns.text(made)
        good = self.recogniser.accepts(texts)
        return texts if good.all() else columns.chosen(good, texts, self.words.automaton.words(numbers))


def register(registry: Registry) -> None:
    """Register the patterns. They bound their own lengths, so these are no kinds that ``min_length`` could bound."""
    explained = {"automaton": "the automaton of all patterns and lengths, as the plan writes it"}
    registry.register(ValueKind("text.pattern", "text that matches patterns", Words, explained))
    conforming = {
        **explained,
        "recognised": "the automaton of everything that the patterns allow",
        "kind": "the kind of value that is kept where it meets the patterns",
        "params": "its parameters",
    }
    registry.register(
        ValueKind(
            "text.conforming",
            "another kind's text, kept within patterns",
            lambda p: Conforming(registry, p),
            conforming,
        )
    )
