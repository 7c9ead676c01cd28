"""Text that matches patterns, by the words of an automaton."""

from __future__ import annotations

import pyarrow as pa

from seedfast.constraints.pattern import Automaton
from seedfast.rng import Rows
from seedfast.values import parameters
from seedfast.values.kind import Draw, ValueKind
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


def register(registry: Registry) -> None:
    """Register the patterns. They bound their own lengths, so this is no kind that ``min_length`` could bound."""
    explained = {"automaton": "the automaton of all patterns and lengths, as the plan writes it"}
    registry.register(ValueKind("text.pattern", "text that matches patterns", Words, explained))
