"""Values picked from a list, and constants."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.rng import Rows, Stream
from seedfast.values import columns, parameters
from seedfast.values.kind import Draw, Generator, Json, ValueKind
from seedfast.values.parameters import Params
from seedfast.values.registry import Registry


def _pool(values: list[Json]) -> pa.Array:
    """Return the values as a column: integers and truth values as such, anything else as text."""
    if all(isinstance(value, bool) for value in values):
        return pa.array(values, pa.bool_())
    if all(type(value) is int for value in values):
        return pa.array(values, pa.int64())
    if not all(isinstance(value, str) for value in values):
        raise parameters.wrong("values", "texts, integers or truth values, all of one type", values)
    return pa.array(values, pa.string())


class Choice(Generator):
    """Members of a list, by weight."""

    def __init__(self, values: list[Json], weights: list[Json] | None = None) -> None:
        if not values:
            raise parameters.wrong("values", "a list with at least one member", values)
        members: dict[Any, int] = {}
        weights = weights if weights is not None else [1] * len(values)
        if len(weights) != len(values) or any(type(w) is not int or w < 0 for w in weights) or not sum(weights):
            raise parameters.wrong("weights", "one integer for each of the values, not all 0", weights)
        for value, weight in zip(values, weights, strict=True):
            members[value] = members.get(value, 0) + weight
        self.pool = _pool(list(members))
        self.capacity: int = len(members)
        self.even = len(set(members.values())) == 1
        self.ends = np.cumsum(np.array(list(members.values()), dtype=np.int64))

    def values(self, draw: Draw) -> pa.Array:
        """Return members as often as their weights say."""
        if self.even:
            return self.at(draw.below(self.capacity), draw)
        codes = np.searchsorted(self.ends, draw.below(int(self.ends[-1])), side="right")
        return self.at(codes.astype(np.int64), draw)

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the members of those positions."""
        if pa.types.is_string(self.pool.type):
            return columns.dictionary(self.pool, index)
        return self.pool.take(pa.array(index))


class ByTurns(Choice):
    """Members of a list, each once in as many rows as there are members, in an order that starts anywhere each time."""

    def values(self, draw: Draw) -> pa.Array:
        """Return the members whose turn it is."""
        turn = draw.stream.below(draw.rows // self.capacity, self.capacity)
        return self.at((draw.rows + turn) % self.capacity, draw)


class Accepted(Generator):
    """Values that PostgreSQL was seen to accept. Columns with one ``group_key`` take theirs from the same place of
    their lists, so that what was accepted together stays together; ``apart`` says that no two places are alike in all
    columns that count.
    """

    def __init__(self, params: Params) -> None:
        self.pool = _pool(list(parameters.items(params, "values")))
        if not len(self.pool):
            raise parameters.wrong("values", "a list with at least one member", [])
        self.stream = Stream(int(parameters.string(params, "group_key")))
        apart = parameters.flag(params, "apart") or len(pc.unique(self.pool)) == len(self.pool)
        self.capacity: int = len(self.pool) if apart else 0

    def values(self, draw: Draw) -> pa.Array:
        """Return the values at the places that all columns of the group take for these rows."""
        return columns.dictionary(self.pool, self.stream.below(draw.rows, len(self.pool)))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return the values at those places."""
        return columns.dictionary(self.pool, index)


def _build_choice(params: Params) -> Generator:
    weights = parameters.items(params, "weights") if params.get("weights") is not None else None
    return Choice(parameters.items(params, "values"), weights)


def _build_turns(params: Params) -> Generator:
    return ByTurns(parameters.items(params, "values"))


def _build_constant(params: Params) -> Generator:
    return Choice([params.get("value")])


def register(registry: Registry) -> None:
    """Register the picks."""
    listed = {"values": "the list", "weights": "how often each comes, as integers"}
    registry.register(ValueKind("choice", "a member of a list", _build_choice, listed))
    turns = {"values": "the list"}
    registry.register(ValueKind("turns", "the members of a list, as often as each other", _build_turns, turns))
    registry.register(ValueKind("constant", "always the same value", _build_constant, {"value": "the value"}))
    accepted = {
        "values": "the accepted values, as text",
        "group_key": "which columns draw together",
        "apart": "whether keys tell the places apart",
    }
    registry.register(ValueKind("accepted", "values that the server was seen to accept", Accepted, accepted))
