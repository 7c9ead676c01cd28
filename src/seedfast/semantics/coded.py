"""Codes that stand for something: what a column's comment says of each, and which states plain numbers count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from seedfast.constraints.domain import Branch
from seedfast.constraints.predicate import Value
from seedfast.model.table import Column, Table
from seedfast.semantics.lives import HINT, Life, lives
from seedfast.semantics.words import words

INTEGERS = frozenset({"int2", "int4", "int8"})

_TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})
_SAID = re.compile(
    r"(?<![\w.])(-?\d{1,4}|[A-Z][A-Z0-9]{0,3})(?:\s*(?:=>?|:|->)|\s+[-–])\s*['\"]?([A-Za-z][^;,.=|\n'\"]*)"
)
_MOST = 24
_USUAL = 5
"""How many states a column counts of which nothing says how many there are."""


def codes_said(column: Column) -> Mapping[str, str]:
    """Return the codes that a column's comment lists with what each stands for; {} where it lists none.

    ``1 = Pending; 2 = Approved`` lists two, as does ``M: married, S: single``.
    """
    storage = column.type.storage
    found = {code: label.strip() for code, label in _SAID.findall(column.comment or "") if code != "NULL"}
    numbers = {code: label for code, label in found.items() if code.lstrip("-").isdigit()}
    if storage.name in INTEGERS:
        found = numbers
    elif storage.name not in _TEXTS or (numbers and len(numbers) < len(found)):
        return {}
    room = storage.length
    fits = room is None or all(len(code) <= room for code in found)
    return found if 1 < len(found) <= _MOST and fits else {}


def states_counted(
    table: Table, column: Column, branches: Sequence[Branch]
) -> tuple[Life, Mapping[Value, int | None]] | None:
    """Return the life cycle that the numbers of a column of states count, with the stage of each; None for no states.

    What a comment says of them counts. Where nothing says what they mean, later numbers are later stages.
    """
    if column.type.storage.name not in INTEGERS:
        return None
    said = {int(code): label for code, label in codes_said(column).items()}
    if said:
        counted: list[Mapping[Value, int | None]] = [
            {code: life.stage(label) for code, label in said.items()} for life in lives()
        ]
        known = [sum(stage is not None for stage in one.values()) for one in counted]
        scores = [n + life.about(words(table.name.name)) for n, life in zip(known, lives(), strict=True)]
        best = max(range(len(scores)), key=lambda number: scores[number])
        return (lives()[best], counted[best]) if known[best] * 2 >= len(said) and known[best] > 1 else None
    life = next((life for life in lives() if life.about(words(table.name.name)) == HINT), None)
    codes = _codes(column, branches)
    if life is None or len(codes) < 2:
        return None
    path = [number for number, stage in enumerate(life.stages[: life.path]) if stage.share]
    exits = [number for number, stage in enumerate(life.stages) if number >= life.path and stage.share]
    places: list[int | None] = [*path, *exits, *[None] * len(codes)]
    if len(codes) < len(path):
        places = [path[n * (len(path) - 1) // (len(codes) - 1)] for n in range(len(codes))]
    return life, dict(zip(codes, places, strict=False))


def _codes(column: Column, branches: Sequence[Branch]) -> list[int]:
    """Return the numbers that the constraints leave to a column where these are few, else those from its default up."""
    domains = [branch.domain(column.name) for branch in branches]
    if all(one.allowed is not None for one in domains):
        listed = {value for one in domains for value in one.allowed or () if type(value) is int}
        return sorted(listed) if len(listed) <= _MOST else []
    ends = [(one.low, one.high) for one in domains]
    lows = [one.value + (not one.inclusive) for one, _ in ends if one is not None and isinstance(one.value, int)]
    highs = [one.value - (not one.inclusive) for _, one in ends if one is not None and isinstance(one.value, int)]
    if len(lows) == len(highs) == len(ends):
        low, high = min(lows), max(highs)
        return list(range(low, high + 1)) if high - low < _MOST else []
    default = (column.default or "").partition("::")[0].strip("'()")
    if default in ("0", "1") and not lows and not highs:
        return list(range(int(default), int(default) + _USUAL))
    return []
