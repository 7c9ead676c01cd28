"""Columns whose values must come from a pattern that repeats: multiples, days of the week, whole hours."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from seedfast.constraints.branches import holds
from seedfast.constraints.domain import Aspect, Domain
from seedfast.constraints.parts import FIELDS
from seedfast.plan.spec import GeneratorPlan

KINDS = frozenset({"number.residue", "time.calendar"})
"""Generators of such values; what lies between two of them is not among them."""

_MOST_LISTED = 1000


def recurring(unit: str, params: dict[str, Any], domain: Domain) -> GeneratorPlan | None:
    """Return a generator between the bounds in ``params`` that gives the parts of its values what they must be."""
    asked: dict[Aspect, list[Any]] = {}
    for part, wanted in domain.parts:
        asked.setdefault(part.aspect, []).append((part.detail, wanted))
    bounds = {"low": params["low"], "high": params["high"]}
    if set(asked) == {Aspect.CALENDAR} and unit in ("date", "timestamp", "time"):
        fields = {name: _allowed(range(*FIELDS[name]), wanted) for name, wanted in asked[Aspect.CALENDAR]}
        return (
            GeneratorPlan("time.calendar", {**bounds, "unit": unit, "fields": fields}) if all(fields.values()) else None
        )
    if set(asked) == {Aspect.REMAINDER} and unit in ("integer", "decimal") and len(domain.parts) == 1:
        [(modulus, wanted)] = asked[Aspect.REMAINDER]
        whole = modulus == int(modulus) and modulus <= _MOST_LISTED and wanted.allowed is None
        rests = _allowed(range(int(modulus)), wanted) if whole else _within(modulus, wanted.allowed or (0,))
        low = Decimal(str(params["low"]))
        # What is left of a negative number is negative.
        low = max(low, Decimal(0)) if any(rests) else low
        bounds["low"] = int(low) if unit == "integer" else format(low, "f")
        digits = max(0, *(-int(Decimal(str(number)).as_tuple().exponent) for number in (modulus, *rests)))
        scale = {"scale": max(params.get("scale", 2), digits)} if unit == "decimal" else {}
        made = {**bounds, "modulus": str(modulus), "residues": [str(rest) for rest in rests], **scale}
        return GeneratorPlan("number.residue", made) if rests else None
    return None


def _within(modulus: Any, rests: Sequence[Any]) -> list[Any]:
    return [rest for rest in rests if 0 <= rest < modulus]


def _allowed(numbers: range, wanted: Domain) -> list[int]:
    return [number for number in numbers if holds(wanted, number) is not False]
