"""The plan: a value that a person can read, diff and edit, and all that generating, loading and verifying need.

Rows of a table are numbered on from those it holds: numbers below ``existing`` are the rows that were there before the
run, ordered by their keys' text, and the run makes the rows ``existing`` to ``existing + rows - 1``. A reference picks
a row number of its parent, old or new alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from seedfast.diagnostics import Finding
from seedfast.names import QualifiedName

VERSION = 1
"""The version of the plan file's form."""

STANDING = "@standing"
"""What generators read as a column: how many of 1,000 rows of the table are picked more often than the row."""


class Status(StrEnum):
    """What happens to a table."""

    FILL = "fill"
    PARENT = "parent"
    SKIPPED = "skipped"
    BOOKKEEPING = "bookkeeping"
    UNFILLABLE = "unfillable"
    GAP = "gap"
    TRIGGER = "trigger"


class Source(StrEnum):
    """Where a column's values come from."""

    GENERATED = "generated"
    REFERENCE = "reference"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class GeneratorPlan:
    """A kind of value with its parameters; ``null_permille`` rows of 1,000 are NULL instead."""

    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)
    null_permille: int = 0


@dataclass(frozen=True, slots=True)
class Digit:
    """Which digit of which key's number a column or reference is: see ``KeyPlan``."""

    key: str
    position: int


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """How a column gets its values.

    ``generators`` has one entry, or one per branch of the table. A reference names the ``reference`` and the parent's
    column, ``parent_column``; where the reference is absent the column is NULL, or keeps the value that the reference
    would have given where its generator has the parameter ``keep``. With ``digit``, values are distinct by
    construction: the generator makes the value of that number. ``common`` names a reference: rows with one parent by it
    have one draw in all columns that name it. ``inputs`` are sibling columns that the generators read.
    ``generators`` of a column that is left to the server work out what the server will compute.
    ``reason`` is for people.
    """

    name: str
    type: str
    source: Source
    generators: tuple[GeneratorPlan, ...] = ()
    reference: str | None = None
    parent_column: str | None = None
    digit: Digit | None = None
    inputs: tuple[str, ...] = ()
    reason: str = ""
    common: str = ""


class Pick(StrEnum):
    """How a reference picks the number of a parent's row.

    SKEWED       low ranks often, by an order of popularity that all children of a parent share
    DIGIT        the digit of a key
    COVER        the parent's new rows in turn, by a permutation, then SKEWED; ``HOME`` can ask it backwards
    HOME         the row of the parent table whose COVER reference named ``home`` points back here, NULL without one
    EARLIER      a row of the same table with a smaller number; rows numbered below ``roots`` have none
    PREVIOUS     the row of the same table just before; rows numbered below ``roots`` have none
    """

    SKEWED = "skewed"
    DIGIT = "digit"
    COVER = "cover"
    HOME = "home"
    EARLIER = "earlier"
    PREVIOUS = "previous"


class Roots(StrEnum):
    """What the roots of a tree point at: nothing, themselves, or the next root in a ring."""

    NULL = "null"
    SELF = "self"
    RING = "ring"


@dataclass(frozen=True, slots=True)
class Beyond:
    """A pick that must come after another ``reference``'s to the same parent, or be it where ``same`` is true.

    Parents are ordered by ``column``, a ``type`` as PostgreSQL names it; by their numbers where there is no column.
    """

    reference: str
    column: str | None = None
    type: str = ""
    same: bool = False


@dataclass(frozen=True, slots=True)
class Having:
    """What parents hold in a column: one of ``values``, as text, or none of them where not ``inside``; NULL is None.

    What isn't ``firm`` gives way where no parent would be left.
    """

    column: str
    values: tuple[str | None, ...]
    inside: bool = True
    firm: bool = True


@dataclass(frozen=True, slots=True)
class ReferencePlan:
    """How a foreign key picks parents.

    ``matching`` are columns (of the child) that an earlier reference of the row fixes: the pick is confined to parents
    that agree there. Among them are those of ``through``, lookups or columns that aren't the key's own, each with the
    parent's column that must hold the same. ``differs_from`` names a reference to the same parent whose pick must be
    another row, ``unlike`` a lookup that holds the key of such a row. ``beyond`` names one whose pick must come before.
    ``block`` confines picks to the block of so many
    rows in which the row itself lies. ``allowed`` and ``excluded`` confine picks to parents whose value for a child
    column, as text, is listed or is not. ``having`` confines them by other columns of theirs; ``by_branch`` does so
    for the rows of each branch of the table, where branches differ in it. ``apart`` are columns of the child, set by
    set: picks are confined to parents of which no two are alike in a set. ``agreeing`` are columns or lookups of the
    row, each with the parent's column that holds the same where there is such a parent, the dearest first; the first
    ``belonging`` of them say what the parent belongs to, and an optional reference is rather left out than lead to
    what belongs elsewhere. ``per_parent`` deals rows out so that each parent has so many, at least and at most: each
    new one, or each stored one where there are no new ones. ``crowded`` are (of 1,000 parents, of 1,000 rows): so many
    parents are picked by so many rows, exactly. ``outline`` repeats: of as many rows in a row, each points at the one
    of them that it numbers, -1 for none. ``null_permille`` has one entry, or one per branch of the table. A
    reference that isn't ``declared`` has no constraint behind it: names and types tell of it.
    """

    name: str
    columns: tuple[str, ...]
    parent: QualifiedName
    parent_columns: tuple[str, ...]
    pick: Pick
    null_permille: tuple[int, ...] = (0,)
    digit: Digit | None = None
    home: str | None = None
    roots: int = 0
    roots_point: Roots = Roots.NULL
    matching: tuple[str, ...] = ()
    through: Mapping[str, str] = field(default_factory=dict)
    differs_from: str | None = None
    unlike: str = ""
    beyond: Beyond | None = None
    block: int | None = None
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    having: tuple[Having, ...] = ()
    by_branch: tuple[tuple[Having, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    agreeing: Mapping[str, str] = field(default_factory=dict)
    belonging: int = 0
    per_parent: tuple[int, int] | None = None
    crowded: tuple[int, int] | None = None
    outline: tuple[int, ...] = ()
    declared: bool = True
    reason: str = ""

    @property
    def matched(self) -> tuple[str, ...]:
        """The parent's columns that must agree with ``matching``."""
        pairs = {**dict(zip(self.columns, self.parent_columns, strict=True)), **self.through}
        return tuple(pairs[name] for name in self.matching)

    @property
    def passes_over(self) -> bool:
        """Whether each row may pick all parents but one."""
        return self.differs_from is not None or bool(self.unlike)


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a key's numbers that rows of some branches take; ``radices`` are the bases of their digits."""

    branches: tuple[int, ...]
    radices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyPlan:
    """A unique key made by counting: each new row takes the next number of [0, capacity) that no existing row holds.

    ``radices`` are the bases of a number's digits, most significant first, and ``capacity`` their product. A radix of 0
    stands for "as many parents as the digits before leave": that digit belongs to a reference with ``matching`` or
    ``beyond``, and ``capacity`` is known only when the parents' values are. ``permuted`` draws the order in which
    numbers are taken, else it is ascending. Rows beyond the last number have no digits: their columns are NULL.
    ``columns`` are those that the digits make distinct. With ``branch`` the key counts in that branch of the table
    only: in others its columns are made, and its references picked, as if there were no key. With ``shares`` the
    branches hold values of their own, as partitions do: shares follow one another, each with radices of its own
    (``radices`` are then the largest), and a row's number decides which branch the row takes. An ``uneven`` key has two
    digits, steps and parents, and numbers in order give some parents many steps, some one, and some none.
    """

    name: str
    columns: tuple[str, ...]
    radices: tuple[int, ...]
    capacity: int
    permuted: bool
    branch: int | None = None
    shares: tuple[Share, ...] = ()
    uneven: bool = False


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """One way for a row to satisfy the table's constraints, taken by ``weight`` of all weights.

    With ``first``, exactly the rows numbered below it take this branch. With ``foremost``, the name of a reference that
    no row is without, rows that are the first of their parent by it do, ``weight`` of 1,000 of them. One that only rows
    of one's own take is a variant ``of`` another, and has no weight.
    """

    weight: int
    first: int | None = None
    reason: str = ""
    foremost: str = ""
    of: int | None = None

    @property
    def reserved(self) -> bool:
        """Tell whether it is settled which rows take the branch, whatever the weights of the others."""
        return self.first is not None or bool(self.foremost) or self.of is not None


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A row of the user's own: ``cells`` are kept as they are, text as PostgreSQL writes it, None for NULL.

    What isn't given is made as in any row of its ``branch``. ``origin`` says where the user wrote the row.
    """

    cells: Mapping[str, str | None]
    branch: int = 0
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A column of the parent that a reference picks, by a ``name`` under which generators read it as a sibling's.

    Of a range it may be the ``end``, lower or upper: NULL where there is none. What is ``inherited`` is read of a row
    of the same table, whose column hangs in turn on what the row above that one holds.
    """

    name: str
    reference: str
    parent_column: str
    end: str = ""
    inherited: bool = False


class Aggregate(StrEnum):
    """What a parent's column makes of the rows that refer to it; of none it is 0, or NULL where that says nothing."""

    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    LEAST = "least"
    GREATEST = "greatest"


@dataclass(frozen=True, slots=True)
class Rollup:
    """What the new rows of another table that refer to a row come to, by a ``name`` under which generators read it.

    ``reference`` is the one of ``child`` that leads here. ``of`` makes the value of each such row that is taken
    together, in the measure of ``unit`` and ``scale``; a count needs none.
    """

    name: str
    child: QualifiedName
    reference: str
    aggregate: Aggregate
    of: GeneratorPlan | None = None
    unit: str = "integer"
    scale: int = 0


@dataclass(frozen=True, slots=True)
class Rank:
    """Which of the new rows that pick the same parent by a reference a row is, from 1, under a ``name``."""

    name: str
    reference: str


@dataclass(frozen=True, slots=True)
class Grown:
    """Where in the tree that a reference makes of a table's rows a row is, under a ``name``.

    ``spot`` is its depth, from ``start``, its left or right number in a nested set, the number of its tree, its path or
    that of its parent (ancestry). A path joins the texts of the column ``label`` by a ``separator``, behind a ``lead``.
    With trees ``apart`` each tree's nested set begins with 1.
    """

    name: str
    reference: str
    spot: str
    label: str | None = None
    separator: str = "/"
    lead: str = ""
    apart: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class Members:
    """Which of the new rows of a table are meant.

    They hold ``where``, as text, by column or lookup, and what they hold in the first of ``during``, a column, lies
    from the second to just before the third. With ``each``, columns or lookups, rows that are alike in these are meant,
    group by group. By each of the references ``through`` they pick a new row.
    """

    where: Mapping[str, str] = field(default_factory=dict)
    during: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    through: tuple[str, ...] = ()

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns and lookups that decide."""
        return tuple(dict.fromkeys((*self.where, *self.during[:1], *self.each)))


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that was asked for: what the new rows of a table that are ``members`` come to is ``value``, exactly.

    ``of`` makes what each of them brings, in the measure of ``unit`` and ``scale``; a count needs none. With ``per`` it
    holds for each new row of that table. ``column`` and ``written`` are for people.
    """

    aggregate: Aggregate
    value: str
    members: Members = field(default_factory=Members)
    of: GeneratorPlan | None = None
    unit: str = "integer"
    scale: int = 0
    per: QualifiedName | None = None
    column: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """What the cells of a ``column`` come to over some rows: they are drawn, and then brought there.

    They are counted in the measure of ``unit`` and ``scale``, and stay between ``low`` and ``high``, which have one
    entry or one per branch. Each cell counts as many times as the columns ``times`` say. What ``rest`` makes for each
    row counts besides; with ``less`` the cells are taken from it. With ``part_of``, a table and a column, the value is
    that of all its rows that are ``whole``, and the cells come to as large a part of it as they were drawn to be.
    """

    column: str
    aggregate: Aggregate
    value: str
    members: Members = field(default_factory=Members)
    unit: str = "decimal"
    scale: int = 0
    low: tuple[str, ...] = ("",)
    high: tuple[str, ...] = ("",)
    times: tuple[str, ...] = ()
    rest: GeneratorPlan | None = None
    less: bool = False
    part_of: tuple[QualifiedName, str] | None = None
    whole: Members = field(default_factory=Members)


@dataclass(frozen=True, slots=True)
class Apiece:
    """The first ``count`` new rows of each parent by a ``reference`` take one of some ``branches``, the others none."""

    reference: str
    count: int
    branches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Habit:
    """A ``condition`` in SQL over ``columns`` that each new row satisfies though no constraint asks for it, and why."""

    columns: tuple[str, ...]
    condition: str
    reason: str


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What happens to one table: ``rows`` new rows beside ``existing`` ones.

    Where it is ``dealt``, branches get exactly as many rows as their weights say, else as many on average. The first of
    the new rows are those ``given``. ``aims`` are what columns are brought to, ``asked`` the figures that were asked
    for. ``settings`` are those of the session that the rows go in with, by name. ``habits`` are what rows are alike in
    whether or not a constraint asks for it, ``grown`` their places in a tree. All rows of one parent by the reference
    that the table is ``sorted_by`` take one branch.
    """

    name: QualifiedName
    status: Status
    existing: int = 0
    rows: int = 0
    reason: str = ""
    columns: tuple[ColumnPlan, ...] = ()
    references: tuple[ReferencePlan, ...] = ()
    keys: tuple[KeyPlan, ...] = ()
    branches: tuple[BranchPlan, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    dealt: bool = False
    rollups: tuple[Rollup, ...] = ()
    ranks: tuple[Rank, ...] = ()
    given: tuple[GivenRow, ...] = ()
    aims: tuple[Aim, ...] = ()
    asked: tuple[Asked, ...] = ()
    apiece: Apiece | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    habits: tuple[Habit, ...] = ()
    grown: tuple[Grown, ...] = ()
    sorted_by: str = ""

    def lookup(self, name: str) -> Lookup | None:
        """Return the lookup of that name, None where it is a column's."""
        return next((lookup for lookup in self.lookups if lookup.name == name), None)

    def rollup(self, name: str) -> Rollup | None:
        """Return the rollup of that name, None where there is none."""
        return next((rollup for rollup in self.rollups if rollup.name == name), None)

    def rank(self, name: str) -> Rank | None:
        """Return the rank of that name, None where there is none."""
        return next((rank for rank in self.ranks if rank.name == name), None)

    def spot(self, name: str) -> Grown | None:
        """Return the place in a tree of that name, None where there is none."""
        return next((grown for grown in self.grown if grown.name == name), None)

    def column(self, name: str) -> ColumnPlan:
        """Return the plan of a column; a KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    def reference(self, name: str) -> ReferencePlan:
        """Return the plan of a reference; a KeyError where there is none."""
        for reference in self.references:
            if reference.name == name:
                return reference
        raise KeyError(f"{self.name}: {name}")


class Method(StrEnum):
    """How a step's rows get into their tables.

    COPY         COPY FROM STDIN, table by table
    INSERT       INSERT statements of many rows, where COPY would bypass a rule or row-level security
    TOGETHER     one statement of several INSERTs a block of rows, for keys in a ring that can't be checked later
    """

    COPY = "copy"
    INSERT = "insert"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Postponed:
    """Columns that are inserted as NULL, in this step or before, and set by UPDATE when the step's rows are in.

    Rows are found by ``identity``, the columns of a key.
    """

    table: QualifiedName
    columns: tuple[str, ...]
    identity: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadStep:
    """Tables that are loaded in turn. ``block`` is the rows a statement of the TOGETHER method takes of each table."""

    method: Method
    tables: tuple[QualifiedName, ...]
    postponed: tuple[Postponed, ...] = ()
    block: int = 0


@dataclass(frozen=True, slots=True)
class SequencePlan:
    """A sequence that must end past the highest value stored in a column; ``increment`` tells the direction.

    With ``early`` it is brought there as soon as the table is loaded, since triggers of other tables draw from it too;
    and before any is loaded past ``reserved``, the last value of the table's own rows, where these count.
    """

    sequence: QualifiedName
    table: QualifiedName
    column: str
    increment: int
    early: bool = False
    reserved: int | None = None


@dataclass(frozen=True, slots=True)
class GenerationPlan:
    """Everything a run will do.

    ``now`` is ISO 8601 in UTC; ``fingerprint`` is the schema's, ``kinds`` the registry's. A ``redacted`` plan is for
    reading: values in it are masked.
    """

    version: int
    seed: int
    now: str
    fingerprint: str
    kinds: str
    tables: tuple[TablePlan, ...]
    steps: tuple[LoadStep, ...]
    sequences: tuple[SequencePlan, ...] = ()
    findings: tuple[Finding, ...] = ()
    redacted: bool = False

    def table(self, name: QualifiedName) -> TablePlan:
        """Return the plan of a table; a KeyError where there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(str(name))
