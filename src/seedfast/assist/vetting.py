"""A pack that a model wrote, held against what it was asked about: bounded, and then read as anybody's pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isqrt
from typing import Any

from seedfast.assist import bounds
from seedfast.errors import UsageError
from seedfast.model.database import Database
from seedfast.names import QualifiedName
from seedfast.packs.library import Library
from seedfast.packs.told import ADVISED, Told, told
from seedfast.semantics.domains import Domains
from seedfast.semantics.words import words

Asked = Mapping[QualifiedName, Sequence[str]]
"""The columns that a model was asked about, by table."""

Said = Mapping[str, Any]
"""A pack as ``packs.told`` takes it: ``pack`` and ``contents``."""

_SHARED = "shared"
_KINDS = ("records", "words", "states", "documents")


@dataclass(frozen=True, slots=True)
class Vetted:
    """What of an answer stands, by the tables that it speaks of, and how many parts of it were refused."""

    packs: Mapping[QualifiedName, Said]
    refused: int


def vetted(data: Mapping[str, Any], asked: Asked, database: Database) -> Vetted:
    """Return what stands of an answer on tables; a part that is wrong takes no other with it."""
    if bounds.size(data) > bounds.LARGEST:
        return Vetted({}, 1)
    found: dict[QualifiedName, list[Said]] = {name: [] for name in asked}
    refused = 0
    for unit in _units(data, asked):
        about = _speaks_of(unit, asked, database)
        refused += not about
        for name in about:
            found[name].append(unit)
    packs = {name: _settled(_joined(units)) for name, units in found.items() if units}
    stand = {name: said for name, said in packs.items() if speaks(said, name, asked[name], database)}
    return Vetted(stand, refused + len(packs) - len(stand))


def speaks(said: Said, name: QualifiedName, columns: Sequence[str], database: Database) -> bool:
    """Tell whether what a model says of a table stands: it can be read, and speaks of some of the columns."""
    return bool(_speaks_of(said, {name: columns}, database))


def advice(name: QualifiedName, columns: Sequence[str], said: Said) -> Told:
    """Return what a model says of a table as a pack that speaks of these of its columns alone."""
    return told(f"{ADVISED}{name}", said, {str(name): tuple(columns)})


def spoken(packs: Sequence[Told], name: QualifiedName, columns: Sequence[str], database: Database) -> tuple[str, ...]:
    """Return the columns of a table that packs speak of."""
    table = database.by_name[name]
    domain = Domains(replace(database, tables=(table,)), Library(packs[:0], None, tuple(packs)), 0).of(table)
    own = frozenset(words(table.name.name))
    return tuple(
        column for column in columns if any(True for _ in domain.readings(table.column(column), words(column), own))
    )


def _speaks_of(said: Said, asked: Asked, database: Database) -> tuple[QualifiedName, ...]:
    """Return the tables that a pack speaks of; none where it can't be read or is out of bounds."""
    if not (isinstance(said, Mapping) and all(isinstance(said.get(part), Mapping) for part in ("pack", "contents"))):
        return ()
    try:
        bounds.check(said)
        packs = {name: advice(name, columns, said) for name, columns in asked.items()}
        one = next(iter(packs.values()))
        bounds.check_pack(Library((), None, (one,)).pack(one.name))
        return tuple(name for name, columns in asked.items() if spoken([packs[name]], name, columns, database))
    except (UsageError, ValueError, RecursionError):
        return ()


def _units(data: Mapping[str, Any], asked: Asked) -> Iterator[Said]:
    """Yield the parts of an answer that stand or fall alone, each with what of the rest it names."""
    pack, contents = _mapping(data.get("pack")), _mapping(data.get("contents"))
    sections = {kind: _mapping(pack.get(kind)) for kind in _KINDS}
    pool = {
        **_mapping(contents.get(_SHARED)),
        **{name: one["values"] for name, one in sections["words"].items() if _mapping(one).get("values")},
        **{name: one["states"] for name, one in sections["states"].items() if _mapping(one).get("states")},
    }
    everywhere = ", ".join(f"={name.name}" for name in asked)
    for kind, section in sections.items():
        for name, one in section.items():
            # Whose tables these are is known, so what else must be around doesn't matter.
            claim = {key: value for key, value in _mapping(one).items() if key != "near"}
            about: dict[str, Any] = {kind: {name: claim}}
            told_of: dict[str, Any] = {}
            if kind == "records":
                about["documents"] = _documents(sections["documents"], name)
                told_of[name] = contents.get(name)
            elif kind == "documents" and "record" in claim:
                # It goes with its record, or with nothing.
                if any(claim["record"] == other for other in sections["records"]):
                    continue
            else:
                claim.setdefault("tables", everywhere)
            shared = _reached(pool, [about, told_of], name)
            yield {"pack": about, "contents": {**told_of, _SHARED: shared}}


def _documents(section: Mapping[str, Any], record: str) -> dict[str, Any]:
    return {
        name: {key: value for key, value in _mapping(one).items() if key != "near"}
        for name, one in section.items()
        if _mapping(one).get("record") == record
    }


def _reached(pool: Mapping[str, Any], parts: Any, own: str) -> dict[str, Any]:
    """Return what of the slots that all may use some parts name, by their ``own`` name, too, and what these name."""
    found: dict[str, Any] = {}
    left = [name for name in (own, *bounds.named(parts)) if name in pool]
    while left:
        name = left.pop()
        if name not in found:
            found[name] = pool[name]
            left += [other for other in bounds.named(pool[name]) if other in pool]
    return dict(sorted(found.items()))


def _joined(units: Sequence[Said]) -> Said:
    """Return parts of one answer as one pack."""
    pack: dict[str, dict[str, Any]] = {}
    contents: dict[str, Any] = {}
    for unit in units:
        for kind, section in unit["pack"].items():
            if section:
                pack.setdefault(kind, {}).update(section)
        for name, one in unit["contents"].items():
            if name == _SHARED:
                one = {**contents.get(_SHARED, {}), **one}
            if one or name != _SHARED:
                contents[name] = one
    return {"pack": pack, "contents": contents}


def _settled(said: Said) -> Said:
    """Return a pack that doesn't hang on the order of its keys, which a lock doesn't keep: nodes say their shares."""
    contents = {name: one if name == _SHARED else _shared_out(one) for name, one in said["contents"].items()}
    return {"contents": _sorted(contents), "pack": _sorted(said["pack"])}


def _shared_out(node: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    rank = 0
    for name, one in node.items():
        if isinstance(one, Mapping):
            one = {"share": max(1, 1_000 // isqrt((rank + 1) * 10_000)), **_shared_out(one)}
            rank += 1
        made[name] = one
    return made


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(one) for one in value] if isinstance(value, list) else value


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
