"""What a column's type takes by itself, as a domain, and the grid that its values lie on."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import lru_cache

from seedfast.constraints.constants import DECIMALS, INTEGERS, MOMENTS
from seedfast.constraints.domain import Bound, Domain
from seedfast.model.types import SqlType, TypeForm
from seedfast.names import shown

Kinds = Callable[[str], SqlType | None]
"""The type of a column by its name; None where it isn't known, or must not be thought of."""

_KEPT = 1 << 10
_BITS = {"int2": 15, "int4": 31, "int8": 63}


@lru_cache(maxsize=_KEPT)
def type_domain(kind: SqlType, source: str) -> Domain | None:
    """Return what a type takes, with ``source`` for its origin; None where it sets no limit that matters."""
    storage = kind.storage
    if storage.form is TypeForm.ENUM:
        return Domain(allowed=storage.labels, sources=(source,))
    if storage.name in _BITS:
        most = 1 << _BITS[storage.name]
        return Domain(low=Bound(-most, True), high=Bound(most - 1, True), sources=(source,))
    if storage.name == "oid":
        return Domain(low=Bound(0, True), high=Bound((1 << 32) - 1, True), sources=(source,))
    if storage.name == "numeric" and storage.precision is not None:
        scale = storage.scale or 0
        most_numeric = Decimal(10) ** (storage.precision - scale) - Decimal(1).scaleb(-scale)
        return Domain(low=Bound(-most_numeric, True), high=Bound(most_numeric, True), sources=(source,))
    if storage.name in {"varchar", "bpchar"} and storage.length is not None:
        return Domain(max_length=storage.length, sources=(source,))
    if storage.name == "name":
        return Domain(octets=(None, 63), sources=(source,))
    return Domain(octets=(None, 1), sources=(source,)) if storage.name == "char" else None


def type_name(kind: SqlType) -> str:
    """Return a column's type below all domains as people write it: a user's own type without its schema."""
    storage = kind.storage
    return storage.display if storage.schema == "pg_catalog" else shown(storage.name)


def grid(kind: SqlType | None) -> Fraction | None:
    """Return the distance between a type's neighbouring values, in the measure of sums; None where there is no grid."""
    if kind is None:
        return None
    storage = kind.storage
    if storage.name in INTEGERS or storage.name == "date":
        return Fraction(1)
    if storage.name == "numeric" and storage.precision is not None:
        return Fraction(10) ** -(storage.scale or 0)
    return None


def comparable(left: SqlType | None, right: SqlType | None) -> bool:
    """Tell whether equal values of two types are the same constant."""
    if left is None or right is None:
        return False
    one, other = left.storage, right.storage
    if one.qualified == other.qualified:
        return True
    families = (INTEGERS | DECIMALS, MOMENTS | {"date"}, frozenset({"text", "varchar"}))
    return any(one.name in family and other.name in family for family in families)


def on_grid(bound: Bound, kind: SqlType, *, up: bool) -> Bound:
    """Return the bound moved inwards to the nearest number that a type with a scale can hold."""
    step = kind.storage.scale if kind.storage.name == "numeric" and kind.storage.precision is not None else None
    if step is None or isinstance(bound.value, bool) or not isinstance(bound.value, (int, Decimal)):
        return bound
    unit, value = Decimal(1).scaleb(-step), Decimal(bound.value)
    cells = (value / unit).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR)
    if not bound.inclusive and cells * unit == value:
        cells += 1 if up else -1
    return Bound(cells * unit, True)
