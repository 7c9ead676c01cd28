"""What loading hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from seedfast.diagnostics import Finding
from seedfast.names import QualifiedName


@dataclass(frozen=True, slots=True)
class Refusal:
    """PostgreSQL said no to rows of ``table``; the other fields are its own words, empty where it gave none.

    ``table`` is None where a constraint that is checked at the end failed without saying whose it is. ``constraint``
    and ``column`` may belong to another table, which a trigger of ``table`` writes to. ``context`` tells the line of
    the batch or the place in a trigger's function. ``held`` is the number of rows that the table held before its own
    were sent, where they collided with some: those that triggers of other tables had made. ``constrained`` is the table
    that the constraint belongs to. ``late`` tells that it came when all rows were in.
    """

    table: QualifiedName | None
    sqlstate: str
    message: str
    constraint: str | None = None
    column: str | None = None
    detail: str = ""
    hint: str = ""
    context: str = ""
    held: int = 0
    constrained: QualifiedName | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The rows that are in, by table, or the refusal at which loading stopped.

    With a refusal the transaction is still usable, holds some of the rows, and must be rolled back. ``left_out`` are
    rows, counted from 0 among the new ones of a table, that PostgreSQL refused where others went in. ``rebuilt`` are
    the tables of which indexes or foreign keys were off meanwhile. Where that had to be ``abandoned``, it says why:
    the transaction must be rolled back, and the rows loaded with everything in place.
    """

    inserted: Mapping[QualifiedName, int]
    refused: tuple[Refusal, ...] = ()
    findings: tuple[Finding, ...] = ()
    left_out: Mapping[QualifiedName, tuple[int, ...]] = field(default_factory=dict)
    rebuilt: tuple[QualifiedName, ...] = ()
    abandoned: str = ""
