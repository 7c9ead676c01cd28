"""What a table is about, and which tables belong to a tool rather than to the application."""

from __future__ import annotations

from collections.abc import Iterable

from seedfast.names import QualifiedName
from seedfast.semantics.lexicon import lexicon

_TENANTS = frozenset(
    {
        *("account", "agency", "business", "club", "company", "hospital", "institution", "merchant", "organisation"),
        *("organization", "org", "realm", "school", "shop", "site", "store", "studio", "team", "tenant", "vendor"),
        "workspace",
    }
)

PLACE_LISTS = ("country", "region", "city")
"""What lists of places are of, by their roles, the widest first."""

_RECORDS = frozenset({"history", "archive", "snapshot", "backup", "revision"})
"""Words behind the name of a thing for tables that hold what its rows were."""


def subject_role(name: tuple[str, ...]) -> str:
    """Return what the words of a name, the last ones above all, are about; "" where that isn't known."""
    while len(name) > 1 and name[-1] in _RECORDS:
        name = name[:-1]
    found = lexicon().roles.find(name, anywhere=False)
    return found[0].target if found else ""


def names_tenant(column: str) -> bool:
    """Tell whether a column says to which tenant of an application a row belongs: ``organization_id``, ``team``."""
    return column.lower().removesuffix("id").removesuffix("uu").strip("_") in _TENANTS


def bookkeeping(name: QualifiedName, columns: Iterable[str]) -> str | None:
    """Return the tool that keeps a table for itself, such as a migration tool's record; None for any other table."""
    told = lexicon().bookkeeping.get(name.name.lower())
    if told is None:
        return None
    tool, *signs = told
    present = {column.lower() for column in columns}
    return tool if not signs or any(set(sign.split()) <= present for sign in signs) else None
