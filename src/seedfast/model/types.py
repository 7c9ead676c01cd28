"""SQL types as PostgreSQL's catalog describes them, with everything that they are made of nested inside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seedfast.names import QualifiedName


class TypeForm(StrEnum):
    """How a type is made; ``pg_type.typtype``, with arrays told apart from other base types."""

    BASE = "base"
    ENUM = "enum"
    DOMAIN = "domain"
    COMPOSITE = "composite"
    ARRAY = "array"
    RANGE = "range"
    MULTIRANGE = "multirange"
    PSEUDO = "pseudo"


@dataclass(frozen=True, slots=True)
class Check:
    """A CHECK constraint of a table or domain.

    ``expression`` is ``pg_get_expr`` of it, without the enclosing CHECK (...); in a domain's the value is ``VALUE``.
    ``columns`` are those that it reads, by position in the table. ``meaning`` is the expression with what functions of
    the database's own return in place of their calls, and what columns are generated as in place of these; None where
    it has neither or one of the functions can't be read. A ``wished`` one isn't in the database: rows had better
    satisfy it.
    """

    name: str
    expression: str
    columns: tuple[str, ...] = ()
    validated: bool = True
    no_inherit: bool = False
    meaning: str | None = None
    wished: bool = False


@dataclass(frozen=True, slots=True)
class SqlType:
    """A type with its modifiers.

    ``schema`` and ``name`` are the catalog's (``pg_catalog``, ``int4``, ``varchar``, ``bpchar``, ``timestamptz``);
    for an array they are those of the array type (``_int4``). ``display`` is ``format_type`` with the modifier.
    ``length`` counts characters of varchar and bpchar and bits of bit and varbit; ``fraction`` the digits kept of a
    second. ``element`` is an array's element or a range's subtype or a multirange's range; ``base`` a domain's base.
    ``extension`` names the extension that the type belongs to.
    """

    schema: str
    name: str
    form: TypeForm
    display: str
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    fraction: int | None = None
    labels: tuple[str, ...] = ()
    element: SqlType | None = None
    base: SqlType | None = None
    checks: tuple[Check, ...] = ()
    not_null: bool = False
    default: str | None = None
    attributes: tuple[Attribute, ...] = ()
    extension: str | None = None

    @property
    def qualified(self) -> QualifiedName:
        """The type's qualified name."""
        return QualifiedName(self.schema, self.name)

    @property
    def storage(self) -> SqlType:
        """The type below all domains."""
        kind = self
        while kind.base is not None:
            kind = kind.base
        return kind

    def domains(self) -> tuple[SqlType, ...]:
        """Return the domains that a value passes through, outermost first."""
        chain: list[SqlType] = []
        kind: SqlType | None = self
        while kind is not None and kind.form is TypeForm.DOMAIN:
            chain.append(kind)
            kind = kind.base
        return tuple(chain)


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field of a composite type."""

    name: str
    type: SqlType
