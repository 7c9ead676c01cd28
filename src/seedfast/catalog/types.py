"""Types of the catalog made into values: modifiers decoded, everything a type is made of nested inside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from seedfast.catalog.rows import AttributeRow, DomainCheckRow, TypeRow
from seedfast.model.types import Attribute, Check, SqlType, TypeForm

_FORMS = {
    "b": TypeForm.BASE,
    "c": TypeForm.COMPOSITE,
    "d": TypeForm.DOMAIN,
    "e": TypeForm.ENUM,
    "m": TypeForm.MULTIRANGE,
    "p": TypeForm.PSEUDO,
    "r": TypeForm.RANGE,
}

# varlena types count their own header in the modifier.
_HEADER = 4
_FULL_PRECISION = 0xFFFF


@dataclass(frozen=True, slots=True)
class Modifiers:
    """What a type modifier says."""

    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    fraction: int | None = None


def modifiers(name: str, typmod: int) -> Modifiers:
    """Return the meaning of ``atttypmod`` for a type of ``pg_catalog``; nothing for -1 and for types without any."""
    if typmod < 0:
        return Modifiers()
    match name:
        case "varchar" | "bpchar":
            return Modifiers(length=typmod - _HEADER)
        case "bit" | "varbit":
            return Modifiers(length=typmod)
        case "numeric":
            # The scale is a signed number of 11 bits; servers before 15 never set the sign.
            packed = typmod - _HEADER
            return Modifiers(precision=packed >> 16 & 0xFFFF, scale=((packed & 0x7FF) ^ 0x400) - 0x400)
        case "time" | "timetz" | "timestamp" | "timestamptz":
            return Modifiers(fraction=typmod)
        case "interval":
            fraction = typmod & 0xFFFF
            return Modifiers(fraction=None if fraction == _FULL_PRECISION else fraction)
        case _:
            return Modifiers()


@dataclass(slots=True)
class TypeMaker:
    """Makes types from rows of the catalog, each combination of type and modifier once."""

    rows: Mapping[int, TypeRow]
    attributes: Mapping[int, list[AttributeRow]]
    checks: Mapping[int, list[DomainCheckRow]]
    _made: dict[tuple[int, int, str], SqlType] = field(default_factory=dict)

    @classmethod
    def of(
        cls, rows: Iterable[TypeRow], attributes: Iterable[AttributeRow], checks: Iterable[DomainCheckRow]
    ) -> TypeMaker:
        """Return a maker that knows these rows."""
        fields: dict[int, list[AttributeRow]] = defaultdict(list)
        for attribute in attributes:
            fields[attribute.type].append(attribute)
        conditions: dict[int, list[DomainCheckRow]] = defaultdict(list)
        for check in checks:
            conditions[check.type].append(check)
        return cls({row.oid: row for row in rows}, fields, conditions)

    def make(self, oid: int, typmod: int, display: str) -> SqlType:
        """Return the type with its modifier; ``display`` is ``format_type`` of both."""
        key = oid, typmod, display
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(self.rows[oid], typmod, display)
        return made

    def _make(self, row: TypeRow, typmod: int, display: str) -> SqlType:
        if row.element is not None:
            # The modifier of an array is its elements'.
            item = self.make(row.element, typmod, display.removesuffix("[]"))
            owner = row.extension or item.extension
            return SqlType(row.schema, row.name, TypeForm.ARRAY, display, element=item, extension=owner)
        meant = modifiers(row.name, typmod) if row.schema == "pg_catalog" else Modifiers()
        element = None if row.subtype is None else self.make(row.subtype, -1, self.rows[row.subtype].display)
        base = None if row.base is None else self.make(row.base, row.base_typmod, row.base_display or "")
        checks = sorted(self.checks.get(row.oid, ()), key=lambda check: check.name)
        return SqlType(
            row.schema,
            row.name,
            _FORMS[row.kind],
            display,
            length=meant.length,
            precision=meant.precision,
            scale=meant.scale,
            fraction=meant.fraction,
            labels=tuple(row.labels),
            element=element,
            base=base,
            checks=tuple(Check(c.name, c.expression, ("VALUE",), c.validated, meaning=c.meaning) for c in checks),
            not_null=row.not_null,
            default=row.default,
            attributes=tuple(
                Attribute(a.name, self.make(a.attribute_type, a.typmod, a.display))
                for a in self.attributes.get(row.oid, ())
            ),
            extension=row.extension,
        )
