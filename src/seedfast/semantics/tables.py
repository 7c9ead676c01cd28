"""What a table is about, and which tables belong to a tool rather than to the application."""

from __future__ import annotations

from collections.abc import Iterable

from seedfast.model.table import Table
from seedfast.names import QualifiedName
from seedfast.semantics.lexicon import lexicon
from seedfast.semantics.words import words

_REFERENCE_COLUMNS = 4
_TENANTS = frozenset(
    {
        *("account", "agency", "business", "club", "company", "hospital", "institution", "merchant", "organisation"),
        *("organization", "org", "realm", "school", "shop", "site", "store", "studio", "team", "tenant", "vendor"),
        "workspace",
    }
)
_LABELS = frozenset({"name", "code", "title", "description", "label"})


def table_role(table: Table) -> str:
    """Return what a table holds: ``person``, ``company`` ..., ``junction``, ``log``, ``reference``, or "" if unknown.

    A junction joins other tables and says next to nothing itself; a reference table is a short list of names.
    """
    if is_junction(table):
        return "junction"
    name = words(table.name.name)
    subject = subject_role(name)
    if subject:
        return subject
    if lexicon().activity.find(name, anywhere=False):
        return "log"
    labelled = any(word in _LABELS for column in table.columns for word in words(column.name)[-1:])
    if not table.foreign_keys and len(table.columns) <= _REFERENCE_COLUMNS and labelled:
        return "reference"
    return ""


def subject_role(name: tuple[str, ...]) -> str:
    """Return what the words of a name, the last ones above all, are about; "" where that isn't known."""
    found = lexicon().roles.find(name, anywhere=False)
    return found[0].target if found else ""


def names_tenant(column: str) -> bool:
    """Tell whether a column says to which tenant of an application a row belongs: ``organization_id``, ``team``."""
    return column.lower().removesuffix("id").removesuffix("uu").strip("_") in _TENANTS


def is_junction(table: Table) -> bool:
    """Tell whether a table does little but join two others or more."""
    if len(table.foreign_keys) < 2:
        return False
    joined = {column for key in table.foreign_keys for column in key.columns}
    own = [column for column in table.columns if column.name not in joined]
    return len(own) <= len(joined) and all(not _speaks(column.type.storage.name) for column in own)


def _speaks(type_name: str) -> bool:
    return type_name in ("text", "varchar", "bpchar", "citext")


def bookkeeping(name: QualifiedName, columns: Iterable[str]) -> str | None:
    """Return the tool that keeps a table for itself, such as a migration tool's record; None for any other table."""
    told = lexicon().bookkeeping.get(name.name.lower())
    if told is None:
        return None
    tool, *signs = told
    present = {column.lower() for column in columns}
    return tool if not signs or any(set(sign.split()) <= present for sign in signs) else None
