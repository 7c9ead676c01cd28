"""What the user asked of a plan, with table names already resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from seedfast.names import QualifiedName


@dataclass(frozen=True, slots=True)
class Options:
    """A request in terms of the database.

    ``now`` is UTC without ``tzinfo``. ``only`` (None: all tables) and ``skip`` choose tables; ``limits`` are numbers of
    new rows that a table was found to be unable to exceed, ``refused`` tables that PostgreSQL takes no rows for, with
    its words, and ``triggered`` tables whose rows triggers of other tables were seen to make, with their number.
    """

    now: datetime
    seed: int = 1
    rows: int = 100
    table_rows: Mapping[QualifiedName, int] = field(default_factory=dict)
    only: frozenset[QualifiedName] | None = None
    skip: frozenset[QualifiedName] = frozenset()
    append: bool = False
    limits: Mapping[QualifiedName, int] = field(default_factory=dict)
    refused: Mapping[QualifiedName, str] = field(default_factory=dict)
    triggered: Mapping[QualifiedName, int] = field(default_factory=dict)
