"""Parts of columns that must equal, or be in order with, other columns of the row or parts beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

from seedfast.constraints.domain import Aspect, Part, Place, Tie
from seedfast.constraints.predicate import Op
from seedfast.diagnostics import Finding, Severity
from seedfast.plan import coupling
from seedfast.plan.draft import Draft
from seedfast.plan.spec import GeneratorPlan
from seedfast.rng import key

_ENDS = {Aspect.LOWER: "start", Aspect.UPPER: "end"}
_HOW = {Op.EQ: "at", Op.GE: "after", Op.GT: "after", Op.LE: "before", Op.LT: "before"}
_UNITS = {
    "number.integer": "integer",
    "number.decimal": "decimal",
    "number.float": "float",
    "time.date": "date",
    "time.timestamp": "timestamp",
}
_MOST_COUNTED = 5
"""Where a column counts the elements of an array, it stays so small."""


def tie_parts(draft: Draft, demanded: Sequence[Tie]) -> None:
    """Let parts of columns follow the columns, or the parts beside them, that constraints tie them to, and triggers."""
    for number, branch in enumerate(draft.branches):
        ties = (*branch.ties, *demanded)
        if not ties:
            continue
        made = {
            name: replace(generators[number], params=deepcopy(dict(generators[number].params)))
            for name, generators in draft.generators.items()
            if f"column {name}" not in draft.digits and generators[number].kind not in ("accepted", "null")
        }
        for tie in ties:
            if not _bound(str(draft.name), tie, made) and tie.source and not _settled(draft, number, tie):
                _loose(draft, tie)
        for name, generator in made.items():
            generators = draft.generators[name]
            if generator != generators[number]:
                draft.generators[name] = (*generators[:number], generator, *generators[number + 1 :])


def _settled(draft: Draft, number: int, tie: Tie) -> bool:
    """Tell whether PostgreSQL has chosen a side's values, or one is NULL."""
    sides = (draft.generators.get(side.column) for side in (tie.left, tie.right))
    return any(made is not None and made[number].kind in ("accepted", "null") for made in sides)


def _loose(draft: Draft, tie: Tie) -> None:
    finding = Finding(
        "SF-RELATION-UNPLANNED",
        Severity.WARNING,
        f"{draft.name}: {tie.source}",
        f"{tie.left.column} and {tie.right.column} can't be made to fit each other beforehand.",
        "PostgreSQL checks the constraint when the rows are loaded.",
    )
    if finding not in draft.findings:
        draft.findings.append(finding)


def _bound(table: str, tie: Tie, made: dict[str, GeneratorPlan]) -> bool:
    left, op, right = tie.left, tie.op, tie.right
    if left.part is None:
        left, op, right = right, op.mirrored, left
    part = left.part
    if part is None or left.column not in made:
        return False
    if left.column == right.column and right.part is not None:
        return _beside(made, left.column, part, op, right.part)
    if part.aspect in _ENDS:
        return _range_end(made, left.column, part, op, right)
    if part.aspect is Aspect.SIZE:
        return _size(table, made, left.column, op, right)
    if part.aspect in (Aspect.ELEMENT, Aspect.MEMBER):
        return _element(made, left.column, part.aspect, right.column)
    entry = _entry(made[left.column].params, part.steps)
    return entry is not None and _follow(entry, op, right.column)


def _range_end(made: dict[str, GeneratorPlan], column: str, part: Part, op: Op, other: Place) -> bool:
    plan = made[column]
    if plan.kind not in ("range", "range.placed") or op not in _HOW:
        return False
    entry: dict[str, Any] = {"column": other.column, "how": _HOW[op], "strict": op in (Op.LT, Op.GT)}
    if other.part is not None:
        entry["end"] = other.part.aspect.value
    name = f"{_ENDS[part.aspect]}_by"
    params = {key: value for key, value in plan.params.items() if key != "slots"}
    params[name] = [*params.get(name, ()), entry]
    made[column] = GeneratorPlan("range.placed", params, plan.null_permille)
    return True


def _element(made: dict[str, GeneratorPlan], array: str, aspect: Aspect, column: str) -> bool:
    """Let an array begin with a column's value, or hold it nowhere."""
    params = made[array].params
    if made[array].kind != "array" or not isinstance(params, dict):
        return False
    listed = params["element"]["kind"] == "choice"
    if aspect is Aspect.MEMBER and listed:
        if column not in made:
            return False
        # What is confined to a list for the elements is so for the one that is among them.
        made[column] = replace(made[column], kind="choice", params=deepcopy(params["element"]["params"]))
    if aspect is Aspect.MEMBER:
        params["includes"] = [*params.get("includes", ()), {"column": column}]
        params["low"] = max(params["low"], len(params["includes"]))
        params["high"] = max(params["high"], params["low"])
        params.pop("distinct", None)
    else:
        params["element"] = {"kind": "relative.different", "params": {"column": column, **params["element"]}}
    return True


def _size(table: str, made: dict[str, GeneratorPlan], column: str, op: Op, other: Place) -> bool:
    params = made[column].params
    assert isinstance(params, dict)
    if made[column].kind != "array":
        return False
    theirs = made.get(other.column)
    if other.part is None and op is not Op.EQ:
        return _beyond(made, other.column, op, params)
    if other.part is None:
        if theirs is not None and type(theirs.params.get("high")) is int and theirs.kind == "number.integer":
            low = max(params["low"], theirs.params["low"])
            high = min(theirs.params["high"], max(params["high"], low + _MOST_COUNTED))
            made[other.column] = replace(theirs, params={**theirs.params, "low": low, "high": max(low, high)})
        params["count"] = {"column": other.column}
        return True
    if theirs is None or theirs.kind != "array":
        return False
    assert isinstance(theirs.params, dict)
    shared = params.get("count_key") or str(key(0, table, "@count", *sorted((column, other.column))))
    low, high = max(params["low"], theirs.params["low"]), min(params["high"], theirs.params["high"])
    for each in (params, theirs.params):
        each |= {"low": low, "high": max(low, high), "count_key": shared}
    return True


def _beyond(made: dict[str, GeneratorPlan], column: str, op: Op, sizes: Mapping[str, Any]) -> bool:
    """Keep a column below the fewest elements that an array has, or above the most."""
    plan = made.get(column)
    if plan is None or plan.kind != "number.integer":
        return False
    low, high = plan.params["low"], plan.params["high"]
    if op in (Op.GE, Op.GT):
        high = min(high, sizes["low"] - (op is Op.GT))
    else:
        low = max(low, sizes["high"] + (op is Op.LT))
    made[column] = replace(plan, params={**plan.params, "low": low, "high": high})
    return bool(low <= high)


def _entry(params: Mapping[str, Any], steps: tuple[str, ...]) -> dict[str, Any] | None:
    """Return the field or member at the end of a way through a generator's parameters."""
    found: dict[str, Any] | None = None
    for step in steps:
        entries = params.get("fields") or params.get("members") or ()
        found = next((entry for entry in entries if entry["name"] == step), None)
        if found is None:
            return None
        params = found["params"]
    return found


def _follow(entry: dict[str, Any], op: Op, column: str) -> bool:
    """Let a field or member equal a column, or lie above or below it."""
    if op is Op.EQ:
        entry |= {"kind": "relative.equal", "params": {"column": column}, "null_permille": 0}
        return True
    params = entry["params"]
    if entry["kind"] == "relative.between":
        sides = params
    else:
        unit = _UNITS.get(entry["kind"])
        if unit is None:
            return False
        sides = {"above": [], "below": [], "low": params["low"], "high": params["high"], "unit": unit}
        sides["spread"] = coupling.SPREAD[unit]
        if unit == "decimal":
            sides["scale"] = params.get("scale", 2)
        entry |= {"kind": "relative.between", "params": sides}
    side = "above" if op in (Op.GE, Op.GT) else "below"
    sides[side] = [*sides[side], {"column": column, "strict": op in (Op.GT, Op.LT)}]
    return True


def _beside(made: dict[str, GeneratorPlan], column: str, left: Part, op: Op, right: Part) -> bool:
    """Let the greater of two fields or members lie above the other, or the one equal the other."""
    if op in (Op.GE, Op.GT, Op.EQ):
        left, op, right = right, op.mirrored, left
    earlier, later = (_entry(made[column].params, part.steps) for part in (left, right))
    if earlier is None or later is None:
        return False
    before, after = earlier["params"], later["params"]
    if op is not Op.EQ and "high" in before and "high" in after:
        if type(before["high"]) is not type(after["high"]):
            return False
        # What comes first must leave room for what comes after.
        room = after["high"] - 1 if op is Op.LT and isinstance(after["high"], int) else after["high"]
        if _number(room) < _number(before["high"]):
            before["high"] = room
        known = after.get("ceiling")
        if not _follow(later, op.mirrored, f".{left.steps[-1]}"):
            return False
        later["params"] |= {"ceiling": after["high"] if known is None else known, "floor": after["low"]}
        return True
    return _follow(later, op.mirrored, f".{left.steps[-1]}")


def _number(value: Any) -> Any:
    """Return a bound as what can be put in order: decimals are written as text, and so are moments."""
    if isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdigit():
        return Decimal(value)
    return value
