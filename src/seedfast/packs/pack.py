"""A pack as a value: which tables and columns it speaks of, and what it says of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from seedfast.packs.template import Number, Template

SHARED = "shared"
"""The name of the record that holds what all records of a pack may use."""


@dataclass(frozen=True, slots=True)
class Options:
    """Templates to choose from, the first ones more often unless ``weights`` are given."""

    templates: tuple[Template, ...]
    weights: tuple[int, ...] = ()


Slot = Options | Number


@dataclass(frozen=True, slots=True)
class Leaf:
    """One kind of thing that a record may be: its place in the tree, its share of the rows, all of its slots."""

    path: tuple[str, ...]
    share: int
    slots: Mapping[str, Slot]


@dataclass(frozen=True, slots=True)
class Record:
    """Slots that agree within a row. ``listed`` records go through their leaves one by one."""

    name: str
    leaves: tuple[Leaf, ...]
    listed: bool = False
    codes: frozenset[str] = frozenset()


class Records(Mapping[str, Record]):
    """A pack's records by name, each read when it is first asked for: a plan needs few of them."""

    def __init__(self, readers: Mapping[str, Callable[[], Record]]) -> None:
        self._readers = readers
        self._read: dict[str, Record] = {}

    def __getitem__(self, name: str) -> Record:
        if name not in self._read:
            # Threads that ask at once must get the same one.
            return self._read.setdefault(name, self._readers[name]())
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


@dataclass(frozen=True, slots=True)
class Claim:
    """Which columns of which tables a pack speaks of, as phrases apart by commas.

    ``columns`` maps slots of the record to phrases of columns' names. Without ``tables`` the claim is on columns of any
    table of a schema that the pack recognises; ``near`` are words of which one must be around. ``parents`` maps slots
    to phrases of what foreign keys point at: the name of that is what the slot says.
    """

    record: str
    about: str
    tables: str
    near: str
    columns: Mapping[str, str]
    documents: frozenset[str] = frozenset()
    parents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StateMachine:
    """The states that a thing goes through, those that it ends in, and which follow which."""

    name: str
    states: tuple[str, ...]
    weights: tuple[int, ...]
    ends: frozenset[str]
    moves: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a pack's ``pack.toml`` says: enough to tell whether a schema needs the rest.

    ``states`` are the slots that are life cycles. ``only`` are the columns, by qualified table, that the pack may speak
    of; None lets it speak of any.
    """

    name: str
    title: str
    summary: str
    claims: tuple[Claim, ...]
    states: frozenset[str] = frozenset()
    only: Mapping[str, frozenset[str]] | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """All that a pack holds."""

    declaration: Declaration
    records: Mapping[str, Record]
    states: Mapping[str, StateMachine] = field(default_factory=dict)
