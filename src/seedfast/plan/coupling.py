"""Columns that constraints or chronology tie together: each is drawn from what those before it leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from seedfast.constraints.domain import Branch, Relation
from seedfast.constraints.linear import Row, TooManyRowsError, difference
from seedfast.constraints.predicate import Op
from seedfast.diagnostics import Finding, Severity
from seedfast.plan import assign, cells, measures
from seedfast.plan.cells import Bond, Cell, System
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.figures import KIND as FIGURE
from seedfast.plan.figures import RISING
from seedfast.plan.recurring import KINDS
from seedfast.plan.spec import GeneratorPlan, Lookup, Pick, Roots
from seedfast.semantics.order import lasts, passing, recurs
from seedfast.semantics.succession import is_long_ago
from seedfast.semantics.words import words

SPREAD = {
    "integer": 20,
    "decimal": 50,
    "float": 50,
    "date": 30,
    "timestamp": 14 * 86_400,
    "time": 4 * 3_600,
    "interval": 4 * 3_600,
}
"""How far a value may lie beyond the one it must follow, in steps of its unit (seconds for moments)."""


_DAY = 86_400

_LONG_AGO = {"date": 3_650, "timestamp": 3_650 * 86_400}
"""How far a moment may lie beyond those of the row's parents: as long as anybody is there."""

_ON_OFFER = frozenset({"sell", "sale", "available", "availability", "effective", "valid", "contract", "lease"})
_IN_FORCE = frozenset({"contract", "policy", "lease", "tenancy", "membership", "insurance", "warranty", "license"})
"""Words of tables whose rows are in force between their beginning and their end."""

_SEASONS = {"date": 400, "timestamp": 400 * 86_400}
"""How long what is on offer, or in force, may be so: days and seconds."""

_LATE = {"date": 2, "timestamp": 4 * 3_600}
"""How late what happens is after the time that it was scheduled for: days and seconds."""

_ENDS = frozenset(
    {"end", "ends", "ended", "until", "finish", "finished", "stop", "stopped", "to", "arrival", "arrived", "arrives"}
)
"""Words in the names of moments at which something ends."""

_MICRO = 6
_WITHIN = 4 * 3_600 * 10**_MICRO
"""How far a moment may move to be told apart, in microseconds."""

GIVEN = KINDS | {FIGURE, RISING}
"""Kinds of values that nothing but their own parameters decide on."""


def couple(draft: Draft, drafts: Drafts, chronology: Sequence[tuple[str, str] | Relation], now: datetime) -> None:
    """Let columns that must be in order, add up, be equal or different follow one another.

    ``chronology`` are pairs of columns, or of a lookup and a column, of which the first is not the later one; or what
    else had better hold between two.
    """
    order = [one if isinstance(one, Relation) else Relation(one[0], Op.LE, one[1], "") for one in chronology]
    wished = frozenset(one for one in chronology if not isinstance(one, Relation))
    for number, branch in enumerate(draft.branches):
        _Coupling(draft, drafts, number, branch, now, wished).settle(order)


@dataclass(slots=True)
class _Coupling:
    """One branch of a table while its columns are tied together."""

    draft: Draft
    drafts: Drafts
    number: int
    branch: Branch
    now: datetime
    wished: frozenset[tuple[str, str]]
    cells: dict[str, Cell] = field(default_factory=dict)

    def settle(self, order: Sequence[Relation]) -> None:
        """Give every column that follows others its generator."""
        bonds: list[Bond] = []
        pairs: list[Relation] = []
        natural: list[Relation] = []
        for one in self.branch.sums:
            if self._measurable(one.columns, one.source):
                bonds.append(Bond((one.rows(),), one.source))
        for relation in self.branch.relations:
            left, op, right = relation.left, relation.op, relation.right
            if self._kind(left) == "null" or self._kind(right) == "null":
                continue
            if op in (Op.EQ, Op.NE):
                pairs.append(relation)
            elif self._follow(relation):
                continue
            elif self._by_nature(relation):
                natural.append(relation)
            elif self._measurable((left, right), relation.source):
                bonds.append(Bond((difference(left, op, right),), relation.source))
        known = {frozenset(row.factors) for bond in bonds for row in bond.rows}
        for relation in order:
            pair = relation.left, relation.right
            if frozenset(pair) not in known and self._choosable(pair):
                bonds.append(Bond(((self._ordered(relation),),), ""))
        self._bind(natural, bonds)
        tied = frozenset().union(*cells.components(bonds))
        for relation in pairs:
            pair = relation.left, relation.right
            if tied & set(pair) and self._choosable(pair):
                bonds.append(Bond(_alternatives(relation), relation.source))
            else:
                self._tie(relation)
        for names in cells.components(bonds):
            self._solve(names, [bond for bond in bonds if bond.columns <= names])
        for name in sorted(self.draft.residues):
            cell = self._measured(name)
            if cell is not None and cell.generator is not None and "residues" not in cell.generator.params:
                self._draw(name, {name: cell}, (), (), 1, added=False)

    # What can be measured.

    def _kind(self, name: str) -> str:
        generators = self.draft.generators.get(name)
        return "" if generators is None else generators[self.number].kind

    def _cell(self, name: str) -> Cell | None:
        if name not in self.cells:
            found = self._measured(name)
            if found is None:
                return None
            self.cells[name] = found
        return self.cells[name]

    def _looked_up(self, lookup: Lookup) -> Cell | None:
        """Return the cell of a parent's column: given, and known as far as all its rows are still to come."""
        parent = self.drafts[self.draft.references[lookup.reference].parent]
        column = parent.table.column(lookup.parent_column)
        kind = column.type.storage.element or column.type if lookup.end else column.type
        unit = measures.unit_of(kind)
        if unit is None:
            return None
        tick = cells.tick_of(unit, kind.storage.scale)
        if lookup.end:
            return Cell(unit, tick, None, free=False)
        generators = [g.params for g in parent.generators.get(column.name, ()) if g.kind != "null"]
        if parent.existing or not all("low" in params and "high" in params for params in generators):
            return Cell(unit, tick, None, free=False)
        low = min(cells.worth(measures.read(unit, params["low"])) for params in generators)
        high = max(cells.worth(measures.read(unit, params["high"])) for params in generators)
        return Cell(unit, tick, None, False, low, high)

    def _measured(self, name: str) -> Cell | None:
        lookup = self.draft.lookups.get(name)
        if lookup is not None:
            return self._looked_up(lookup)
        column = self.draft.table.column(name)
        unit = measures.unit_of(column.type)
        if unit is None or name in self.draft.server or self._kind(name) == "null":
            return None
        tick = cells.tick_of(unit, column.type.storage.scale)
        if name in self.draft.owners:
            return Cell(unit, tick, None, free=False)
        generator = self.draft.generators[name][self.number]
        params = generator.params
        if "low" in params and "high" in params and params.get("scale", 0) >= 0:
            tick = cells.tick_of(unit, params.get("scale", column.type.storage.scale))
            low, high = (cells.worth(measures.read(unit, params[end])) for end in ("low", "high"))
            step, limits = measures.step_of(column.type, unit), measures.type_limits(column.type)
            widest = measures.widest(self.branch.domain(name), unit, step, limits)
            floor, ceiling = (None if end is None else cells.worth(end) for end in widest)
            counted = "column " + name in self.draft.digits and name not in self.draft.residues
            free = not counted and generator.kind not in GIVEN
            return Cell(unit, tick, generator, free, low, high, floor, ceiling)
        if generator.kind == "number.serial" and params["step"] > 0:
            last = params["start"] + params["step"] * self.draft.total
            return Cell(unit, tick, generator, False, Fraction(params["start"]), Fraction(last))
        values = [params["value"]] if generator.kind == "constant" else params.get("values", ())
        if generator.kind in ("constant", "choice") and values:
            worths = [cells.worth(measures.read(unit, value)) for value in values]
            tick = tick if all((worth / tick).denominator == 1 for worth in worths) else cells.FINEST
            return Cell(unit, tick, generator, False, min(worths), max(worths))
        return Cell(unit, tick, generator, free=False)

    def _ordered(self, relation: Relation) -> Row:
        """Return how two moments are in order; a day beside a moment is its beginning."""
        [row] = difference(relation.left, relation.op, relation.right)
        units = {name: cell.unit for name in row.factors if (cell := self._cell(name)) is not None}
        if set(units.values()) != {"date", "timestamp"}:
            return row
        factors = {name: factor * (_DAY if units[name] == "date" else 1) for name, factor in row.factors.items()}
        return replace(row, factors=factors)

    def _choosable(self, names: Iterable[str]) -> bool:
        """Tell whether all columns can be measured and one of them can be chosen."""
        found = [self._cell(name) for name in names]
        return None not in found and any(cell is not None and cell.free for cell in found)

    def _measurable(self, names: Sequence[str], source: str) -> bool:
        """Tell whether columns can be chosen to fit one another; a finding says where not."""
        if self._choosable(names):
            return True
        kinds = {self._kind(name) for name in names}
        if not kinds & {"null", "accepted"} and not all(name in self.draft.owners for name in names):
            self._loose(source, names)
        return False

    # Pairs.

    def _tie(self, relation: Relation) -> None:
        """Let one column of a pair be equal to the other, or differ from it: the one that is no key's digit."""
        left, right = relation.left, relation.right
        if not {left, right} <= self.draft.generators.keys():
            owned = {left, right} <= self.draft.owners.keys()
            if not owned and not _apart(self.draft, left, right):
                self._loose(relation.source, [left, right])
            return
        if {"constant", "accepted"} & {self._kind(left), self._kind(right)}:
            return
        source, target = (left, right) if f"column {right}" not in self.draft.digits else (right, left)
        if f"column {target}" in self.draft.digits:
            return
        generator = self.draft.generators[target][self.number]
        if relation.op is Op.EQ:
            tied = GeneratorPlan("relative.equal", {"column": source}, generator.null_permille)
            self._replace(target, tied, f"equal to {source}")
        else:
            inner = {"column": source, "kind": generator.kind, "params": dict(generator.params)}
            tied = GeneratorPlan("relative.different", inner, generator.null_permille)
            self._replace(target, tied, f"different from {source}")

    def _follow(self, relation: Relation) -> bool:
        """Let the later of two columns of text follow the earlier; False where there is no text to choose."""
        first, second, op = relation.left, relation.right, relation.op
        if op in (Op.GT, Op.GE):
            first, second, op = second, first, op.mirrored
        draft = self.draft
        texts = all(
            name in draft.generators and assign.is_text(draft.table.column(name).type) for name in (first, second)
        )
        chosen = {self._kind(first), self._kind(second)}.isdisjoint({"accepted", "choice", "constant"})
        if not texts or not chosen or f"column {second}" in draft.digits or self._kind(second).startswith("relative."):
            return False
        strict = op is Op.LT
        before, after = draft.generators[first][self.number], draft.generators[second][self.number]
        room, own = (generator.params.get("max_length") for generator in (before, after))
        if strict and (
            own is not None and own <= max(before.params.get("min_length", 1), before.params.get("length", 1))
        ):
            return False
        if own is not None and (room is None or room > own - strict) and f"column {first}" not in draft.digits:
            # What is put in the place of the later text must fit there.
            self._replace(first, replace(before, params={**before.params, "max_length": own - strict}))
        params = {"column": first, "strict": strict, "kind": after.kind, "params": dict(after.params)}
        self._replace(second, GeneratorPlan("relative.text_after", params, after.null_permille), f"after {first}")
        return True

    def _bind(self, natural: Sequence[Relation], bonds: list[Bond]) -> None:
        """Bind those numbers that are in order by nature of which one is tied to others, and so may be moved."""
        waiting = list(natural)
        while True:
            tied = frozenset().union(*cells.components(bonds))
            moved = [relation for relation in waiting if {relation.left, relation.right} & tied]
            if not moved:
                return
            waiting = [relation for relation in waiting if relation not in moved]
            bonds += [Bond((difference(one.left, one.op, one.right),), one.source) for one in moved]

    def _by_nature(self, relation: Relation) -> bool:
        """Tell whether two numbers are in order by what they are, shares of one price such as a reduced one."""
        first, second, op = relation.left, relation.right, relation.op
        if op in (Op.GT, Op.GE):
            first, second, op = second, first, op.mirrored
        shares = [self._share(name) for name in (first, second)]
        if None in shares or op not in (Op.LT, Op.LE):
            return False
        (one, _, high), (other, low, _) = (share for share in shares if share is not None)
        return one == other and (high < low or (op is Op.LE and high <= low))

    def _share(self, name: str) -> tuple[tuple[Any, ...], Decimal, Decimal] | None:
        """Return what a number is a share of, and the least and greatest share in percent, if it is drawn as it is."""
        if name not in self.draft.generators or f"column {name}" in self.draft.digits:
            return None
        params = self.draft.generators[name][self.number].params
        share = params.get("share")
        if share is None or any(Decimal(str(params[end])) != Decimal(share["span"][end]) for end in ("low", "high")):
            return None
        whole = tuple(params[key] for key in ("pack", "record", "group_key", "unit", "scale"))
        return (*whole, params.get("factor"), share["of"]), Decimal(share["low"]), Decimal(share["high"])

    # Sums.

    def _solve(self, names: frozenset[str], bonds: Sequence[Bond]) -> None:
        """Choose an order among columns that depend on one another, and let each draw from what is left."""
        known = {name: cell for name in sorted(names) if (cell := self._cell(name)) is not None}
        added = any(not _is_pair(row) for bond in bonds for row in bond.rows)
        for name, cell in known.items():
            if cell.unit == "float" and added:
                known[name] = replace(cell, tick=cells.BINARY)
        order = self._order(known, bonds)
        try:
            held = System(known, order).holding(bonds)
        except TooManyRowsError:
            held = None
        if held is None:
            for source in dict.fromkeys(bond.source for bond in bonds if bond.source):
                self._loose(source, sorted(names))
            return
        must, usual = held
        # Beside a column whose values aren't known beforehand, only what must hold may bind.
        unknown = any(not cell.free and cell.low is None for cell in known.values())
        for place, name in enumerate(order):
            ends = [row for row in usual[name] if len(row.factors) == 1]
            if known[name].free:
                siblings = [row for row in (must if unknown else usual)[name] if len(row.factors) > 1]
                self._draw(name, known, siblings, ends, cells.parts(name, bonds, set(order[place + 1 :])), added=added)
            else:
                self._narrow(name, known[name], ends)

    def _order(self, known: Mapping[str, Cell], bonds: Sequence[Bond]) -> list[str]:
        """Return the columns in the order in which they are chosen: given ones first, what depends on others last."""
        below: dict[str, set[str]] = {}
        for row in (row for bond in bonds for row in bond.rows):
            if row.bound <= 0 and (_is_pair(row) or _is_day_of(row, known)):
                first, second = sorted(row.factors, key=lambda name: row.factors[name], reverse=True)
                below.setdefault(second, set()).add(first)
        position = {column.name: n for n, column in enumerate(self.draft.table.columns)}
        order = sorted(known, key=lambda name: (known[name].free, _depth(below, name), position.get(name, -1), name))
        for bond in bonds:
            if not bond.equation:
                continue
            # A column that an equation settles must have one whole number left for it.
            factors = cells.in_ticks(bond.rows[0], known).scaled(whole=True).factors
            last = max(factors, key=order.index)
            singles = [name for name, factor in factors.items() if abs(factor) == 1 and known[name].free]
            if abs(factors[last]) != 1 and singles:
                chosen = max(singles, key=order.index)
                order.remove(chosen)
                order.insert(order.index(last) + 1, chosen)
        return order

    def _draw(
        self,
        name: str,
        known: dict[str, Cell],
        siblings: Sequence[Row],
        ends: Sequence[Row],
        parts: int,
        *,
        added: bool,
    ) -> None:
        """Let a column draw from between its bounds, some of which other columns set."""
        cell = known[name]
        generator = cell.generator
        assert generator is not None and cell.high is not None
        low, high = cells.interval(name, cell, ends)
        if cell.unit in _LONG_AGO and not recurs(name):
            low = self._reached(name, known, siblings, low)
            # What follows this in turn may be as early.
            known[name] = replace(cell, low=low)
        written = {"low": cells.parameter(cell.unit, low), "high": cells.parameter(cell.unit, high)}
        exact = added and cell.unit == "float"
        if not siblings and parts == 1 and not exact and name not in self.draft.residues:
            if (low, high) != (cell.low, cell.high):
                self._replace(name, replace(generator, params={**generator.params, **written}))
            return
        firm = any(row.factors[name] > 0 and not self._is_wish(name, row) for row in siblings)
        firm |= cell.ceiling is not None and self._is_bound(name)
        params: dict[str, Any] = {
            "above": [
                cells.entry(name, known, row)
                | ({"soft": True} if firm and self._is_wish(name, row) else {})
                | ({"spread": SPREAD[cell.unit]} if self._is_soon(name, row) else {})
                for row in siblings
                if row.factors[name] < 0
            ],
            "below": [cells.entry(name, known, row) for row in siblings if row.factors[name] > 0],
            **written,
            "spread": self._spread(name, cell, siblings),
            "unit": cell.unit,
        }
        beside = {other: known[other].unit for row in siblings for other in row.factors}
        units = {other: unit for other, unit in sorted(beside.items()) if unit != cell.unit}
        if units:
            params["units"] = units
        ceiling = cell.ceiling
        if ceiling is None and cell.unit in ("date", "timestamp"):
            # What is past by its meaning stays past.
            today = cells.worth(measures.read(cell.unit, self.now))
            ceiling = today if cell.high <= today else None
        if cell.floor is not None:
            params["floor"] = cells.parameter(cell.unit, cell.floor)
        if ceiling is not None:
            params["ceiling"] = cells.parameter(cell.unit, ceiling)
            if cell.ceiling is None:
                params["loose"] = SPREAD.get(cell.unit, 0)
        if cell.unit == "decimal":
            params["scale"] = generator.params.get("scale", 2)
        if exact:
            params["step"] = float(cell.tick)
        if parts > 1:
            params["parts"] = parts
        if name in self.draft.residues:
            params |= self._residues(name, cell.unit)
        said = [f"{'after' if row.factors[name] < 0 else 'before'} {_said(name, row)}" for row in siblings]
        tied = GeneratorPlan("relative.between", params, generator.null_permille)
        self._replace(name, tied, ", ".join(dict.fromkeys(said)))

    def _is_bound(self, name: str) -> bool:
        """Tell whether partitions or CHECKs of its own bound a column, beside what is wished of it."""
        table = self.draft.table
        partitioned = table.partitioning is not None and name in table.partitioning.columns
        return partitioned or any(check.columns == (name,) and not check.wished for check in table.checks)

    def _is_wish(self, name: str, row: Row) -> bool:
        """Tell whether a row says no more than that a column had better be later than a parent's, or earlier."""
        others = row.factors.keys() - {name}
        pairs = {pair for other in others for pair in ((other, name), (name, other))}
        return len(others) == 1 and bool(pairs & self.wished) and others <= self.draft.lookups.keys()

    def _is_soon(self, name: str, row: Row) -> bool:
        """Tell whether a row puts a moment after that of the table's own row above, not long after it."""
        found = [lookup for other in row.factors if (lookup := self.draft.lookups.get(other)) is not None]
        return (
            any(one.inherited and not is_long_ago(self.draft.references[one.reference].columns) for one in found)
            and len(row.factors) == 2
        )

    def _residues(self, name: str, unit: str) -> dict[str, int]:
        """Return by how many remainders a moment is told apart, and how far these are apart: so that it needn't move
        by more than some hours, as far as its type can tell.
        """
        count = self.draft.residues[name]
        if unit == "date":
            return {"residues": count, "apart": 1}
        digits = self.draft.table.column(name).type.storage.scale
        finest = 10 ** (_MICRO - (_MICRO if digits is None else min(digits, _MICRO)))
        fits = (10**place for place in range(_MICRO, -1, -1) if 10**place * count <= _WITHIN)
        return {"residues": count, "apart": max(next(fits, 1), finest)}

    def _reached(self, name: str, known: Mapping[str, Cell], siblings: Sequence[Row], low: Fraction) -> Fraction:
        """Return how early a moment may be that follows others: soon after them, however recent such moments are."""
        # A day counts as so many of a moment's seconds.
        earlier = [
            other.low * -row.factors[beside] / row.factors[name]
            for row in siblings
            if row.factors[name] < 0
            for beside in row.factors
            if beside != name and (other := known[beside]).low is not None and other.unit in _LONG_AGO
        ]
        floor = known[name].floor
        reached = min([low, *earlier])
        return reached if floor is None else max(reached, min(low, floor))

    def _spread(self, name: str, cell: Cell, siblings: Sequence[Row]) -> int:
        """Return how far a value may lie from the siblings that bound it."""
        if self._since_parents(name, siblings) or recurs(name) or name in passing(self.draft.table):
            return _LONG_AGO.get(cell.unit, 0)
        if "actual" in words(name) and any("scheduled" in words(other) for row in siblings for other in row.factors):
            return _LATE.get(cell.unit, SPREAD.get(cell.unit, 0))
        ends = bool(_ENDS & set(words(name)))
        if _ON_OFFER & set(words(name)) or (ends and _IN_FORCE & set(words(self.draft.name.name))):
            return _SEASONS.get(cell.unit, SPREAD.get(cell.unit, 0))
        lasting = lasts(self.draft.table) if ends and cell.unit in ("timestamp", "time") else None
        return SPREAD.get(cell.unit, 0) if lasting is None else lasting

    def _since_parents(self, name: str, siblings: Sequence[Row]) -> bool:
        """Tell whether nothing but moments of parents, long ago maybe, bounds a column."""
        return {other for row in siblings for other in row.factors if other != name} <= self.draft.lookups.keys()

    def _narrow(self, name: str, cell: Cell, ends: Sequence[Row]) -> None:
        """Leave a key's values within what the columns beside it can follow."""
        if cell.generator is None or cell.low is None or "low" not in cell.generator.params:
            return
        if cell.generator.kind in GIVEN:
            return
        low, high = cells.interval(name, cell, ends)
        if (low, high) != (cell.low, cell.high):
            written = {"low": cells.parameter(cell.unit, low), "high": cells.parameter(cell.unit, high)}
            self._replace(name, replace(cell.generator, params={**cell.generator.params, **written}))

    # What is written down.

    def _replace(self, name: str, generator: GeneratorPlan, reason: str = "") -> None:
        generators = list(self.draft.generators[name])
        generators[self.number] = generator
        self.draft.generators[name] = tuple(generators)
        known = self.draft.reasons.get(name, "")
        if reason and reason not in known:
            self.draft.reasons[name] = f"{known}; {reason}".lstrip("; ")

    def _loose(self, source: str, names: Sequence[str]) -> None:
        finding = Finding(
            "SF-RELATION-UNPLANNED",
            Severity.WARNING,
            f"{self.draft.name}: {source}",
            f"{' and '.join(names)} can't be made to fit each other beforehand.",
            "PostgreSQL checks the constraint when the rows are loaded.",
        )
        if finding not in self.draft.findings:
            self.draft.findings.append(finding)


def _apart(draft: Draft, left: str, right: str) -> bool:
    """Tell whether one column points at the other of an earlier row, so that the two differ anyway."""
    for child, parent in ((left, right), (right, left)):
        name, theirs = draft.owners.get(child, ("", ""))
        reference = draft.references.get(name)
        if reference is None or theirs != parent or reference.parent != draft.name:
            continue
        within_group = bool(reference.matching) and reference.digit is None
        earlier = within_group or reference.pick in (Pick.EARLIER, Pick.PREVIOUS)
        if earlier and reference.roots_point is not Roots.SELF:
            return True
    return False


def _alternatives(relation: Relation) -> tuple[tuple[Row, ...], ...]:
    """Return the ways in which two columns can be equal, or differ."""
    ops = (Op.EQ,) if relation.op is Op.EQ else (Op.LT, Op.GT)
    return tuple(difference(relation.left, op, relation.right) for op in ops)


def _depth(below: Mapping[str, set[str]], name: str, seen: frozenset[str] = frozenset()) -> int:
    if name in seen:
        return 0
    return 1 + max((_depth(below, other, seen | {name}) for other in below.get(name, ())), default=0)


def _is_pair(row: Row) -> bool:
    return len(row.factors) == 2 and sum(row.factors.values()) == 0


def _is_day_of(row: Row, known: Mapping[str, Cell]) -> bool:
    """Tell whether a row puts a day before a moment, or after it."""
    return len(row.factors) == 2 and {known[name].unit for name in row.factors} == {"date", "timestamp"}


def _said(name: str, row: Row) -> str:
    others = [other for other in row.factors if other != name]
    return others[0] if len(others) == 1 else "what " + " and ".join(others) + " leave"
