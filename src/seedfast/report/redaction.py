"""Values that a schema or a user has written down, taken out of everything that is shown or kept.

CHECKs, defaults, enums, comments, own rows and settings carry literals: a customer's name in a list, an address in a
default. Names of tables, columns, constraints and types stay, and so do seedfast's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from seedfast.diagnostics import Finding
from seedfast.model.database import Database
from seedfast.names import QualifiedName
from seedfast.plan.spec import GenerationPlan, GeneratorPlan, GivenRow

Kind = TypeVar("Kind")

MASK = "[redacted]"

_QUOTED = re.compile(r"'((?:[^']|'')*)'")
_NUMBER = re.compile(r"(?<![\w.:-])-?\d{7,}(?:\.\d+)?(?![\w:])")
_KEY = re.compile(r"=\([^()]*\)")
_ROW = re.compile(r"contains \(.*\)", re.DOTALL)
_WILD = re.compile(r'[%^$"|]|[][(){}*+?]+')
"""Where the fixed parts of patterns, messages and lists end."""

_WHOLE = 5
"""Shorter literals are masked as whole words alone, since any word may hold them."""

_WORD = re.compile(r"\w+")
_SAID = frozenset({
    "pack", "record", "slot", "kind", "topics", "unit", "culture", "form", "column", "reference", "group_key",
})  # fmt: skip
"""Parameters of generators that hold words of seedfast's own or names, and no value."""


@dataclass(frozen=True, slots=True)
class Redactor:
    """Masks ``literals`` wherever they stand, and whatever else is written as a value: what stands in single quotes and
    isn't one of the ``names``, long numbers, rows and keys as PostgreSQL quotes them.
    """

    literals: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, database: Database, given: Iterable[object] = ()) -> Redactor:
        """Return what masks the literals of a schema, and all texts in what the user has given."""
        written = {text for whole in _texts(database) for text in (*_QUOTED.findall(whole), *_NUMBER.findall(whole))}
        comments = {table.comment for table in database.tables}
        comments |= {column.comment for table in database.tables for column in table.columns}
        labels = {text for table in database.tables for column in table.columns for text in column.type.storage.labels}
        found = {*written, *labels, *_texts(list(given)), *filter(None, comments)}
        named = {word.casefold() for name in _names(database) for word in (name, *_WORD.findall(name))}
        texts = {text.replace("''", "'").strip() for text in found}
        texts |= {part.strip() for text in texts for part in _WILD.split(text) if len(part.strip()) >= _WHOLE}
        kept = frozenset(text for text in texts if len(text) > 1 and text.casefold() not in named)
        return cls(kept, frozenset(named))

    def text(self, whole: str) -> str:
        """Return a text with all literals in it masked."""
        for literal in sorted(self.literals, key=lambda one: (-len(one), one)):
            if literal in whole:
                bound = r"\b" if len(literal) < _WHOLE and literal.isalnum() else ""
                whole = re.sub(f"{bound}{re.escape(literal)}{bound}", MASK, whole)
        whole = _ROW.sub(f"contains ({MASK})", _KEY.sub(f"=({MASK})", whole))
        whole = _NUMBER.sub(MASK, whole)
        return _QUOTED.sub(lambda found: found[0] if found[1].casefold() in self.names else f"'{MASK}'", whole)

    def over(self, value: Kind) -> Kind:
        """Return a plan, a schema, rows or anything else of such parts with all literals in it masked."""
        masked: Any = self._over(value)
        return masked  # type: ignore[no-any-return]

    def _over(self, value: object) -> object:
        if isinstance(value, str) and not isinstance(value, Enum):
            return self.text(value)
        if isinstance(value, GeneratorPlan):
            return replace(value, params={name: self._parameter(name, each) for name, each in value.params.items()})
        if isinstance(value, GivenRow):
            return replace(value, cells={name: cell and MASK for name, cell in value.cells.items()})
        if isinstance(value, Finding):
            return replace(value, message=self.text(value.message), hint=self.text(value.hint))
        if isinstance(value, GenerationPlan) and not value.redacted:
            return self._over(replace(value, redacted=True))
        if isinstance(value, (QualifiedName, Enum)):
            return value
        if is_dataclass(value) and not isinstance(value, type):
            parts = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
            changed = {name: masked for name, part in parts.items() if (masked := self._over(part)) is not part}
            return replace(value, **changed) if changed else value
        if isinstance(value, Mapping):
            return {self._over(key): self._over(each) for key, each in value.items()}
        if isinstance(value, (list, tuple, frozenset)):
            return type(value)(map(self._over, value))
        return value

    def _parameter(self, name: str, value: object) -> object:
        """Return a generator's parameter, of whose texts all are values but for those that say which kind it is."""
        if name in _SAID or isinstance(value, bool) or value is None:
            return value
        if isinstance(value, str):
            return MASK
        if isinstance(value, (list, tuple)):
            return [self._parameter("", each) for each in value]
        if isinstance(value, Mapping):
            return {key: self._parameter(str(key), each) for key, each in value.items()}
        return MASK if _NUMBER.fullmatch(str(value)) else value


def _texts(value: object) -> Iterator[str]:
    """Yield all texts in something, names and enums' members left out."""
    if isinstance(value, (QualifiedName, Enum)):
        return
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _texts(key)
            yield from _texts(each)
    elif isinstance(value, (list, tuple, frozenset)):
        for each in value:
            yield from _texts(each)


def _names(database: Database) -> Iterator[str]:
    """Yield the names of tables, columns and what belongs to tables."""
    for table in database.tables:
        yield from (table.name.schema, table.name.name)
        for part in (table.columns, table.checks, table.unique_keys, table.foreign_keys, table.triggers):
            yield from (one.name for one in part)
        yield from (column.type.display for column in table.columns)
        sequences = [column.sequence.name for column in table.columns if column.sequence is not None]
        yield from (name for each in sequences for name in (each.name, str(each)))
