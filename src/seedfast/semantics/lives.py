"""Life cycles: through which states things go, and what each of them leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from typing import Any

from seedfast.semantics.lexicon import written
from seedfast.semantics.order import trimmed
from seedfast.semantics.words import words

_PARTLY = frozenset({"not", "non", "partial", "partially", "half", "almost", "to"})
HINT = 3
"""How clearly the last words of a name say that it is about a life."""


class Told(Enum):
    """What kind of column a state tells of."""

    MOMENT = "moment"
    TEXT = "text"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Stage:
    """A state of a life cycle; of the moments of its stages, those before ``low`` are set, from ``high`` on unset.

    ``label`` is how it is written where a column has no list of its own. An exit that is ``over`` is of what is past.
    """

    label: str
    spellings: tuple[tuple[str, ...], ...]
    moments: frozenset[tuple[str, ...]]
    texts: frozenset[tuple[str, ...]]
    share: int
    low: int
    high: int
    also: frozenset[tuple[str, ...]] = frozenset()
    free: frozenset[tuple[str, ...]] = frozenset()
    over: bool = False

    def names(self, kind: Told) -> frozenset[tuple[str, ...]]:
        """Return the names of columns of a kind that the stage leaves behind."""
        if kind is Told.TEXT:
            return self.texts
        return self.moments | (frozenset(self.spellings) if kind is Told.FLAG else frozenset())


@dataclass(frozen=True)
class Life:
    """A life cycle: the stages of its ``path`` in order, then the exits.

    What isn't at the stage ``settles`` yet began ``within`` so many days; where things may stay anywhere there is none.
    Before the stage ``begins`` it takes place in the next ``ahead`` days, where it is planned at all.
    """

    name: str
    tables: frozenset[tuple[str, ...]]
    stages: tuple[Stage, ...]
    path: int
    settles: int = 0
    within: int = 0
    begins: int = 0
    ahead: int = 0

    @cached_property
    def _known(self) -> Mapping[tuple[str, ...], int]:
        """The stages by what they are called."""
        numbered = reversed(list(enumerate(self.stages)))
        return {spelling: number for number, one in numbered for spelling in one.spellings}

    def stage(self, value: str) -> int | None:
        """Return the number of the stage that a value names, None where it names none for certain."""
        said, known = words(value), self._known
        if said in known:
            return known[said]
        if not said or _PARTLY & set(said):
            return None
        for begin in range(len(said)):
            for end in range(len(said), begin, -1):
                if said[begin:end] in known:
                    return known[said[begin:end]]
        return None

    def about(self, hint: tuple[str, ...]) -> int:
        """Return how clearly words such as a table's name say that it is about such a life, 0 for not at all."""
        if any(hint[begin:] in self.tables for begin in range(len(hint))):
            return HINT
        return int(any((word,) in self.tables for word in hint))

    def holds(self, stage: int, names: frozenset[tuple[str, ...]], kind: Told) -> bool | None:
        """Return whether a row of a stage has a column of one of the names, None where that may be or not."""
        here = self.stages[stage]
        if kind is Told.MOMENT and names & here.also:
            return True
        if kind is Told.MOMENT and names & here.free:
            return None
        of = [number for number, other in enumerate(self.stages) if names & other.names(kind)]
        if stage in of:
            return True
        first = min((number for number in of if number < self.path), default=len(self.stages))
        if kind is Told.FLAG and names & _lasting():
            return False
        return True if first < here.low else False if first >= here.high else None


@cache
def lives() -> tuple[Life, ...]:
    """Return all life cycles, those that come first where several fit alike before the others."""
    return tuple(_life(told) for told in _data()["life"])


@cache
def _data() -> Mapping[str, Any]:
    return written("states.toml")


@cache
def _lasting() -> frozenset[tuple[str, ...]]:
    """Return what is said of a row only as long as it is so: what is active may not be later, what was paid stays."""
    return frozenset(_phrases(_data()["present"]["flags"]))


def _life(told: Mapping[str, Any]) -> Life:
    path = told["stages"]
    names = [_phrases(stage["is"]) for stage in path]

    def place(spelling: str) -> int:
        return next(number for number, known in enumerate(names) if words(spelling) in known) + 1

    stages = [_stage(stage, number + 1, number + 1) for number, stage in enumerate(path)]
    stages += [_stage(way, place(way["after"]), place(way["until"])) for way in told["exits"]]
    settles, begins = (place(told[name]) - 1 if name in told else 0 for name in ("settles", "begins"))
    tables = frozenset(_phrases(told["tables"]))
    within, ahead = (told.get(name, 0) for name in ("within", "ahead"))
    return Life(told["name"], tables, tuple(stages), len(path), settles, within, begins, ahead)


def _stage(told: Mapping[str, Any], low: int, high: int) -> Stage:
    return Stage(
        told["is"].partition(",")[0].replace(" ", "_"),
        _phrases(told["is"]),
        frozenset(trimmed(name) for name in _phrases(told.get("at", told["is"]))),
        frozenset(_phrases(told.get("with", ""))),
        told["share"],
        low,
        high,
        frozenset(_phrases(told.get("also", ""))),
        frozenset(_phrases(told.get("free", ""))),
        told.get("over", False),
    )


def _phrases(listed: str) -> tuple[tuple[str, ...], ...]:
    return tuple(words(phrase) for phrase in listed.split(",") if phrase.strip())


@cache
def phrased(section: str, name: str) -> frozenset[tuple[str, ...]]:
    """Return the phrases that are listed under a name for truth values and moments."""
    return frozenset(_phrases(_data()[section][name]))


@cache
def opposites() -> Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return, by what a truth value says, the moments that go with its being false."""
    return {words(said): _phrases(listed) for said, listed in _data()["opposites"].items()}
