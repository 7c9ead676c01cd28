"""Figures that must come out exactly: which cells are brought to them, and why that can't be, where it can't.

A figure of a column that is drawn is an aim at its cells. One of a column that others add up to is an aim at those: at
the lines of orders for the orders' total, at the unit price for a line's. Where a sum has several parts the greatest is
brought near, and one that is added makes up for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from seedfast.constraints.parse import parse_value
from seedfast.constraints.predicate import Call, ColumnRef, Expr, Truth
from seedfast.diagnostics import Finding, Severity
from seedfast.names import QualifiedName, shown
from seedfast.plan import cells, measures
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.figures import KIND, is_interval, span_of
from seedfast.plan.lookups import look_up
from seedfast.plan.options import Figure, Options
from seedfast.plan.parts import nested_inputs
from seedfast.plan.quotas import OUTCOME
from seedfast.plan.rollups import decides, reaches
from seedfast.plan.spec import Aggregate, Aim, Asked, GeneratorPlan, Members, ReferencePlan, Rollup, Status
from seedfast.semantics.order import dated_by

_NO_CLOCK = datetime(2000, 1, 1)

_EXACT = ("integer", "decimal")
"""Units whose sums are exact."""


@dataclass(frozen=True, slots=True)
class _Term:
    """``factor`` times the product of some columns or rollups."""

    columns: tuple[str, ...]
    factor: Fraction


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a column's cells are to come to; with ``part_of`` as a part of what another column comes to."""

    aggregate: Aggregate
    value: str
    members: Members
    times: tuple[str, ...] = ()
    part_of: tuple[QualifiedName, str] | None = None
    whole: Members = field(default_factory=Members)


def aim(drafts: Drafts, options: Options) -> None:
    """Bring columns to the figures that are asked for; what stands in the way is a finding."""
    for figure in options.figures:
        draft = drafts.get(figure.table)
        if draft is None or draft.status is not Status.FILL:
            continue
        why = _Aiming(drafts, figure, draft).plan()
        if why:
            where = f"{figure.table}.{shown(figure.column)}" if figure.column else str(figure.table)
            message = f"{figure.written} can't come out exactly: {why}."
            hint = f"`seedfast explain {where}` shows where its values come from."
            draft.findings.append(Finding(OUTCOME, Severity.ERROR, where, message, hint))


@dataclass(frozen=True, slots=True)
class _Aiming:
    drafts: Drafts
    figure: Figure
    draft: Draft

    def plan(self) -> str:
        """Plan the figure; return why it can't be, "" where it can."""
        figure, draft = self.figure, self.draft
        each: tuple[str, ...] = ()
        if figure.per is not None:
            reference = next((one for one in draft.references.values() if one.parent == figure.per), None)
            if reference is None:
                return f"no foreign key leads from {draft.name} to {figure.per}"
            each = reference.columns
        during: tuple[str, ...] = ()
        if figure.window is not None:
            found = dated_by(draft.table, {name: other.table for name, other in self.drafts.items()})
            if found is None or figure.window.start is None:
                return "no column says when its rows came to be"
            key, begins = found
            if key is not None:
                begins = look_up(draft, draft.references[key.name], begins)
            during = (begins, figure.window.start.isoformat(), figure.window.end.isoformat())
        members = Members(figure.where, during, each)
        if figure.aggregate is Aggregate.COUNT:
            draft.asked.append(Asked(figure.aggregate, figure.value, members, per=figure.per, written=figure.written))
            return ""
        unit = measures.unit_of(draft.table.column(figure.column).type)
        scale = _scale(draft, figure.column)
        of = self._brought(figure.column, scale)
        if unit not in _EXACT or scale is None or of is None:
            return f"{figure.column} is {draft.table.column(figure.column).type.display}, whose sums aren't exact"
        value = Decimal(figure.value)
        if figure.aggregate is not Aggregate.AVERAGE and value != round(value, scale):
            return f"{figure.value} has more digits after the point than {figure.column}"
        draft.asked.append(
            Asked(figure.aggregate, figure.value, members, of, unit, scale, figure.per, figure.column, figure.written)
        )
        return self._reach(draft, figure.column, _Wish(figure.aggregate, figure.value, members))

    def _brought(self, name: str, scale: int | None) -> GeneratorPlan | None:
        """Return what makes a column's value from what is known of its row."""
        terms = _product(self.draft, name) if name in self.draft.server else [_Term((name,), Fraction(1))]
        if terms is None or scale is None:
            return None
        return GeneratorPlan(KIND, {**_measure(scale), "terms": [_written(term) for term in terms]})

    def _reach(self, draft: Draft, name: str, wish: _Wish) -> str:
        """Bring a column to what is wished, by way of what it is made from."""
        if name in draft.rollups:
            return self._roll_down(draft, draft.rollups[name], wish)
        terms = _terms(draft, name)
        if terms is None:
            return self._land(draft, name, wish)
        if not terms:
            return f"{draft.name}.{shown(name)} is worked out otherwise"
        if wish.aggregate is Aggregate.AVERAGE and wish.members == Members():
            wish = replace(wish, aggregate=Aggregate.SUM, value=format(Decimal(wish.value) * draft.rows, "f"))
        if wish.aggregate is not Aggregate.SUM:
            return f"{draft.name}.{shown(name)} is worked out from other columns"
        first, *added = terms
        if not added:
            return self._multiply(draft, name, first, wish)
        if wish.part_of is not None:
            return self._multiply(draft, name, first, wish)
        part = replace(wish, part_of=(draft.name, name), whole=wish.members)
        why = self._multiply(draft, name, first, part)
        if why:
            return why
        reasons = [f"nothing that is added to {first.columns[0]} can make up for the rest"]
        for one in reversed(added):
            others = [_written(other) for other in terms if other is not one]
            rest = GeneratorPlan(KIND, {**_measure(_scale(draft, name) or 0), "terms": others})
            if len(one.columns) == 1 and abs(one.factor) == 1:
                why = self._land(draft, one.columns[0], wish, rest, less=one.factor < 0)
                if not why:
                    return ""
                reasons.append(why)
        return "; ".join(reasons)

    def _multiply(self, draft: Draft, name: str, term: _Term, wish: _Wish) -> str:
        """Bring a product to what is wished, by the factor that isn't a whole number if there is one."""
        if term.factor != 1:
            return f"{draft.name}.{shown(name)} is {term.factor} times {', '.join(term.columns)}"
        if len(term.columns) == 1:
            return self._reach(draft, term.columns[0], wish)
        counts = [each for each in term.columns if measures.unit_of(draft.table.column(each).type) == "integer"]
        priced = [each for each in term.columns if each not in counts] or counts[-1:]
        times = tuple(each for each in term.columns if each not in priced)
        if len(priced) > 1:
            return f"{draft.name}.{shown(name)} is the product of {' and '.join(priced)}"
        return self._reach(draft, priced[0], replace(wish, times=(*wish.times, *times)))

    def _roll_down(self, draft: Draft, rollup: Rollup, wish: _Wish) -> str:
        """Bring the rows that refer to others to what these are to come to."""
        child = self.drafts[rollup.child]
        if rollup.aggregate is not Aggregate.SUM or wish.aggregate is not Aggregate.SUM or rollup.of is None:
            return f"it is the {rollup.aggregate.value} of {rollup.child}"
        if wish.times:
            return f"{rollup.name} is multiplied"
        reference = child.references[rollup.reference]
        found = [_read(entry) for entry in rollup.of.params.get("terms", ())]
        if not found:
            return f"{rollup.name} is worked out otherwise"
        members = _of_children(child, reference, wish.members)
        below = replace(wish, members=members)
        if len(found) > 1:
            return f"{rollup.name} is a difference"
        return self._multiply(child, found[0].columns[-1], found[0], below)

    def _land(
        self, draft: Draft, name: str, wish: _Wish, rest: GeneratorPlan | None = None, *, less: bool = False
    ) -> str:
        """Aim at the cells of a column that is drawn; return why that can't be, "" where it can."""
        column = draft.table.column(name)
        unit, scale, made = measures.unit_of(column.type), _scale(draft, name), draft.generators.get(name)
        full = f"{draft.name}.{shown(name)}"
        if made is None:
            return f"{full} is {'computed by the server' if name in draft.server else 'a foreign key'}"
        if unit not in _EXACT or scale is None:
            return f"{full} is {column.type.display}, whose sums aren't exact"
        if name in draft.overrides:
            return f"{full} is set to something else"
        keyed = any(name in key.columns or name in key.predicate_columns for key in draft.table.unique_keys)
        if keyed or name in draft.referenced or f"column {name}" in draft.digits:
            return f"{full} is part of a key"
        if not all(map(is_interval, draft.domains(name))) or {one.kind for one in made} & {"accepted", "constant"}:
            return f"constraints say of {full} more than between which ends it lies"
        if any(decides(branch, name) for branch in draft.branches) and any(nested_inputs(one.params) for one in made):
            return f"constraints tie {full} to other columns of its row"
        if any(measures.unit_of(draft.table.column(each).type) != "integer" for each in wish.times):
            return f"{full} is multiplied by {', '.join(wish.times)}"
        behind = (*wish.members.inputs, *wish.times, *(nested_inputs(rest.params) if rest is not None else ()))
        picks = [(draft.name, "")] if wish.members.through else []
        if reaches(self.drafts, [*picks, *((draft.name, each) for each in behind)], (draft.name, name)):
            return f"what decides which rows count hangs on {full}"
        low, high = zip(*(self._ends(draft, name, number) for number in range(len(draft.branches))), strict=True)
        draft.aims.append(
            Aim(
                name,
                wish.aggregate,
                wish.value,
                wish.members,
                unit,
                scale,
                low if len(set(low)) > 1 else low[:1],
                high if len(set(high)) > 1 else high[:1],
                wish.times,
                rest,
                less,
                wish.part_of,
                wish.whole,
            )
        )
        draft.reasons[name] = "; ".join(
            filter(None, (draft.reasons.get(name, ""), f"brought to {self.figure.written}"))
        )
        return ""

    def _ends(self, draft: Draft, name: str, number: int) -> tuple[str, str]:
        """Return between which ends a column's cells may be brought in a branch, "" where there is none."""
        column, branch = draft.table.column(name), draft.branches[number]
        unit = measures.unit_of(column.type) or ""
        low, high = measures.widest(
            branch.domain(name), unit, measures.step_of(column.type, unit), measures.type_limits(column.type)
        )
        made = draft.generators[name][number]
        usual = span_of(draft, name, made)[0] if made.kind != "null" else Fraction(0)
        least = None if low is None else cells.worth(low)
        if usual >= 0 and (least is None or least < 0):
            # What is never negative as a rule stays so, and what others have room below keeps that room.
            least = Fraction(0)
        if decides(branch, name):
            least = usual
        ends = (least, None if high is None else cells.worth(high))
        return tuple("" if end is None else str(cells.parameter(unit, end)) for end in ends)  # type: ignore[return-value]


def _scale(draft: Draft, name: str) -> int | None:
    """Return how many digits after the point a column has, None where that can't be told."""
    storage = draft.table.column(name).type.storage
    unit = measures.unit_of(draft.table.column(name).type)
    if unit == "integer":
        return 0
    if unit != "decimal":
        return None
    return 2 if storage.scale is None else storage.scale if storage.scale >= 0 else None


def _measure(scale: int) -> dict[str, object]:
    return {"unit": "decimal", "scale": scale} if scale else {"unit": "integer"}


def _written(term: _Term) -> dict[str, object]:
    return {"of": [{"column": each} for each in term.columns], "factor": str(term.factor), "optional": True}


def _read(entry: dict[str, object]) -> _Term:
    listed = entry["of"]
    assert isinstance(listed, list)
    return _Term(tuple(str(each["column"]) for each in listed), Fraction(str(entry.get("factor", "1"))))


def _terms(draft: Draft, name: str) -> list[_Term] | None:
    """Return what a column is the sum of, [] where that isn't one sum in all branches; None where it is drawn."""
    if name in draft.server:
        return _product(draft, name) or []
    made = [one for one in draft.generators.get(name, ()) if one.kind != "null"]
    if made and all(one.kind == "relative.equal" and one.params["column"] in draft.rollups for one in made):
        return [_Term((str(made[0].params["column"]),), Fraction(1))]
    sums = [one for one in made if one.kind == KIND and not one.params.get("rates")]
    if not sums:
        return None
    written = [[_read(entry) for entry in one.params["terms"]] for one in sums]
    most = max(written, key=len)
    alike = all(set(terms) <= set(most) and terms[0] == most[0] for terms in written)
    return most if alike and len(sums) == len(made) else []


def _product(draft: Draft, name: str) -> list[_Term] | None:
    """Return the columns whose product the server computes, None where it computes something else."""
    values = parse_value(draft.table.column(name).generated or "NULL", now=_NO_CLOCK)
    if len(values) != 1 or values[0][0] != Truth(True):
        return None
    found = _factors(values[0][1])
    scale = _scale(draft, name)
    known = found and scale is not None and sum(_scale(draft, each) or 0 for each in found) <= scale
    return [_Term(found, Fraction(1))] if found and known else None


def _factors(item: Expr) -> tuple[str, ...]:
    match item:
        case ColumnRef(name):
            return (name,)
        case Call(name, (only,)) if name.startswith("cast:") or name == "numeric":
            return _factors(only)
        case Call("*", (left, right)):
            before, after = _factors(left), _factors(right)
            return (*before, *after) if before and after else ()
    return ()


def _of_children(child: Draft, reference: ReferencePlan, members: Members) -> Members:
    """Return those rows that refer to members."""

    def moved(name: str) -> str:
        return look_up(child, reference, name)

    during = (moved(members.during[0]), *members.during[1:]) if members.during else ()
    where = {moved(name): value for name, value in members.where.items()}
    return Members(where, during, tuple(map(moved, members.each)), (reference.name,))
