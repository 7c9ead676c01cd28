"""Guesses against labels.

A label is one or more of these, apart by blanks; the guess is right where it is any of them:

==========================  ==========================================================================
``person.email text.*``     a kind of value, by its name or a pattern
``state``                   a state of a life cycle
``0..100``                  a number whose range lies within these bounds, by and large
``past recent future birth death``  a moment: some time in the last years, lately, ahead, of birth, of death
``often seldom even``       a truth value that is mostly true, mostly false, or either
``json:settings``           a document of that shape
``reference:users``         a row of that table, which no constraint says
``pack:llm/name``           what a data pack says of that slot, where a reader found it to mean the same
``any``                     nothing tells what the column holds; whatever fits its type will do
==========================  ==========================================================================

Words behind ``#`` describe a meaning that no kind has.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from benchmarks.meanings.columns import NOW, Guess

_SLACK = 2
"""A range may be so many times as wide as the label's at its upper end."""


def read(path: Path) -> Mapping[str, str]:
    """Return the labels of a file by column: a line is a column, a tab, and its label."""
    lines = (line.partition("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {key: label.strip() for key, _, label in lines}


def right(guess: Guess, label: str) -> bool:
    """Tell whether a guess is one of the things that a label says."""
    return any(_is(guess, word) for word in label.partition("#")[0].split())


def _is(guess: Guess, word: str) -> bool:
    if word == "any":
        return True
    kind, params = guess.kind, guess.params
    if kind == "array":
        kind, params = params["element"]["kind"], params["element"]["params"]
    if ".." in word:
        return _within(params, *map(float, word.split("..")))
    if word in _MOMENTS:
        return kind in ("time.date", "time.timestamp", "person.birth_date") and _when(params) == word
    if word in ("often", "seldom", "even"):
        share = int(params.get("true_permille", 500))
        return word == ("often" if share > 600 else "seldom" if share < 400 else "even")
    if word.startswith("reference:"):
        return kind == "reference" and params["table"] == word.removeprefix("reference:")
    if word.startswith("pack:"):
        return word == f"pack:{params.get('pack')}/{params.get('slot')}"
    if word.startswith("json:"):
        return str(params.get("shape", kind)) == word.removeprefix("json:")
    return fnmatchcase(kind, word)


def _within(params: Mapping[str, object], low: float, high: float) -> bool:
    if "values" in params:
        values = [float(value) for value in params["values"] if _numeric(value)]  # type: ignore[attr-defined]
        return bool(values) and low <= min(values) and max(values) <= high
    if not {"low", "high"} <= params.keys() or not _numeric(params["low"]):
        return False
    least, most = float(str(params["low"])), float(str(params["high"]))
    return least >= low and most <= high * _SLACK


def _numeric(value: object) -> bool:
    try:
        return float(str(value)) is not None
    except ValueError:
        return False


_MOMENTS = frozenset({"past", "recent", "future", "birth", "death"})


def _when(params: Mapping[str, object]) -> str:
    """Return which time a range of moments is about."""
    ends = [datetime.fromisoformat(str(params[end])).replace(tzinfo=None) for end in ("low", "high")]
    early, late = ((end - NOW.replace(tzinfo=None)).days for end in ends)
    if late > 0:
        return "future"
    if early < -10_000:
        return "birth"
    if early < -2_000:
        return "death"
    return "recent" if early > -100 else "past"
