"""TOML to packs; what is wrong in a file is said with the file's name, the key and the reason."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from math import isqrt
from typing import Any, NoReturn, Protocol, TypeVar

from seedfast.errors import UsageError
from seedfast.packs.pack import SHARED, Claim, Declaration, Leaf, Options, Pack, Record, Records, Slot, StateMachine
from seedfast.packs.parsed import parsed
from seedfast.packs.template import Number, Ref, Template, read_number, read_template, weighted

DECLARATION = "pack.toml"
"""The file that every pack must have."""

_RECORD_KEYS = frozenset({"about", "tables", "near", "listed", "codes", "columns", "parents"})
_SECTIONS = frozenset({"name", "title", "summary", "records", "words", "states", "documents"})
_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")
_TABLE, _SHARE = "table", "share"
_BAR = re.compile(r"\s\|(?=\s|$)")
_SHARES = 1 << 40

T = TypeVar("T")


class File(Protocol):
    """A file of a pack."""

    @property
    def name(self) -> str:
        """Return its name, without the folder's."""

    def read_bytes(self) -> bytes:
        """Return what is in it."""


class Folder(Protocol):
    """What holds a pack's files: a folder, one within a wheel, or a few texts."""

    @property
    def name(self) -> str:
        """Return its name."""

    def iterdir(self) -> Iterator[File]:
        """Yield its files."""

    def joinpath(self, name: str, /) -> File:
        """Return a file of it, whether or not it is there."""


class Place:
    """Where something stands, for messages. A record may stand in several files, each of which holds some keys."""

    def __init__(self, pack: str, file: str, *keys: str, others: dict[tuple[str, ...], str] | None = None) -> None:
        self._pack, self._main, self._keys = pack, file, keys
        self.others = {} if others is None else others

    def at(self, *keys: str) -> Place:
        """Return a place further in."""
        return Place(self._pack, self._main, *self._keys, *keys, others=self.others)

    def note(self, key: str, file: str) -> None:
        """Remember which file a key stands in."""
        self.others[(*self._keys, key)] = file

    @property
    def _file(self) -> str:
        prefixes = (self._keys[:n] for n in range(len(self._keys), 0, -1))
        return next((self.others[prefix] for prefix in prefixes if prefix in self.others), self._main)

    def wrong(self, message: str) -> NoReturn:
        """Raise the error that something is wrong here."""
        where = f"{self._pack}/{self._file}" + (f", {'.'.join(self._keys)}" if self._keys else "")
        raise UsageError(
            "SF-PACK-INVALID", f"The pack is wrong in {where}: {message}.", "docs/packs.md has the format."
        )


def read_declaration(folder: Folder) -> Declaration:
    """Return what a pack's ``pack.toml`` says."""
    place, data = Place(folder.name, DECLARATION), _declared(folder)
    claims = [_claim(place.at("records", name), name, given) for name, given in _tables(place, data, "records")]
    for name, given in _tables(place, data, "words"):
        claims.append(_single(place.at("words", name), name, given))
    for name, given in _tables(place, data, "states"):
        claims.append(_single(place.at("states", name), name, given))
    for name, given in _tables(place, data, "documents"):
        here = place.at("documents", name)
        record = _text(here, given, "record", SHARED)
        owner = next((claim for claim in claims if claim.record == record and claim.tables), None)
        if record != SHARED and owner is None:
            here.at("record").wrong(f"there is no record named {record!r}")
        tables = _text(here, given, "tables", owner.tables if owner else "")
        near = _text(here, given, "near", owner.near if owner else "")
        about = _text(here, given, "about", owner.about if owner else name.replace("_", " "))
        claims.append(Claim(record, about, tables, near, {name: _text(here, given, "columns")}, frozenset({name})))
    return Declaration(
        _text(place, data, "name"),
        _text(place, data, "title"),
        _text(place, data, "summary"),
        tuple(claims),
        frozenset(data.get("states", ())),
    )


def read_pack(folder: Folder, declaration: Declaration) -> Pack:
    """Return the whole of a pack. What is wrong in a record is said when that is asked for."""
    declared = _declared(folder)
    contents: dict[str, Any] = {SHARED: {}}
    places: dict[str, Place] = {}
    for file in _files(folder):
        data = _parsed(folder, file)
        for name, given in data.items():
            here = places.setdefault(name, Place(folder.name, file, name))
            if not isinstance(given, dict):
                Place(folder.name, file, name).wrong("a table is expected, with the slots of a record")
            for key in given:
                here.note(key, file)
            _merge(contents.setdefault(name, {}), given, here)
    place = Place(folder.name, DECLARATION)
    states = {
        name: _states(place.at("states", name), name, given) for name, given in _tables(place, declared, "states")
    }
    for name, given in _tables(place, declared, "words"):
        if "values" in given:
            contents[SHARED][name] = given["values"]
    for name, machine in states.items():
        contents[SHARED][name] = [f"{s} *{w}" for s, w in zip(machine.states, machine.weights, strict=True)]
    records = dict(_tables(place, declared, "records"))
    for name in records:
        if name not in contents:
            place.at("records", name).wrong("no file of the pack says what the record holds")
    shared = _slots(places.get(SHARED, place), contents[SHARED])
    documents: dict[str, dict[str, Slot]] = {}
    for name, given in _tables(place, declared, "documents"):
        record = str(given.get("record", SHARED))
        shape = given.get("shape")
        here = place.at("documents", name, "shape")
        if not isinstance(shape, (dict, list)) or not shape:
            here.wrong("an object or a list is expected")
        documents.setdefault(record, {})[name] = Options((_document(here, shape),))
    shared = {**shared, **documents.get(SHARED, {})}
    for name in contents:
        if name != SHARED and name not in records:
            places[name].wrong(f"{DECLARATION} declares no record of that name")

    def read(name: str) -> Record:
        if name == SHARED:
            made = Record(SHARED, (Leaf((), 1, shared),))
        else:
            inherited = {**shared, **documents.get(name, {})}
            leaves = tuple(_leaves(places[name], (name,), contents[name], inherited, _SHARES))
            listed = records[name].get("listed", False)
            codes = frozenset(_phrases(str(records[name].get("codes", ""))))
            made = Record(name, leaves, bool(listed), codes)
        _check_record(places.get(name, place), made)
        _check_claims(place, made, (claim for claim in declaration.claims if claim.record == name))
        return made

    return Pack(declaration, Records({name: partial(read, name) for name in contents}), states)


def _declared(folder: Folder) -> dict[str, Any]:
    data = _parsed(folder, DECLARATION)
    for key in data:
        if key not in _SECTIONS:
            Place(folder.name, DECLARATION, key).wrong(f"unknown; there are {', '.join(sorted(_SECTIONS))}")
    return data


def _parsed(folder: Folder, file: str) -> dict[str, Any]:
    try:
        return parsed(folder, file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        Place(folder.name, file).wrong(f"it can't be read: {error}")
    except OSError:
        Place(folder.name, file).wrong("there is no such file")


def _files(folder: Folder) -> list[str]:
    return sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml") and f.name != DECLARATION)


def _tables(place: Place, data: Mapping[str, Any], section: str) -> list[tuple[str, Mapping[str, Any]]]:
    given = data.get(section, {})
    if not isinstance(given, dict) or not all(isinstance(one, dict) for one in given.values()):
        place.at(section).wrong("tables are expected")
    for name in given:
        if not _KEY.match(name):
            place.at(section, name).wrong("a name is written in lower case, with underscores")
    return list(given.items())


def _text(place: Place, data: Mapping[str, Any], key: str, default: str | None = None) -> str:
    found = data.get(key, default)
    if not isinstance(found, str) or (default is None and not found.strip()):
        place.at(key).wrong("a text is expected" if key in data else "it is missing")
    return found


def _phrases(written: str) -> list[str]:
    return [phrase.strip() for phrase in written.split(",") if phrase.strip()]


def _known(place: Place, given: Mapping[str, Any], keys: frozenset[str]) -> None:
    for key in given:
        if key not in keys:
            place.at(key).wrong(f"unknown; there are {', '.join(sorted(keys))}")


def _claim(place: Place, name: str, given: Mapping[str, Any]) -> Claim:
    _known(place, given, _RECORD_KEYS)
    columns, parents = given.get("columns", {}), given.get("parents", {})
    if not isinstance(columns, dict) or not columns:
        place.at("columns").wrong("slots with phrases of columns' names are expected")
    if not isinstance(parents, dict):
        place.at("parents").wrong("slots with phrases of what foreign keys point at are expected")
    for key, listed in (("columns", columns), ("parents", parents)):
        for slot, phrases in listed.items():
            if not isinstance(phrases, str) or not _phrases(phrases):
                place.at(key, slot).wrong("phrases apart by commas are expected")
    return Claim(
        name,
        _text(place, given, "about", name.replace("_", " ")),
        _text(place, given, "tables"),
        _text(place, given, "near", ""),
        columns,
        parents=parents,
    )


def _single(place: Place, name: str, given: Mapping[str, Any]) -> Claim:
    _known(place, given, frozenset({"about", "tables", "near", "columns", "values", "states", "ends", "moves"}))
    about = _text(place, given, "about", name.replace("_", " "))
    columns = {name: _text(place, given, "columns")}
    return Claim(SHARED, about, _text(place, given, "tables", ""), _text(place, given, "near", ""), columns)


def _states(place: Place, name: str, given: Mapping[str, Any]) -> StateMachine:
    written = given.get("states")
    if not isinstance(written, list) or not written or not all(isinstance(one, str) for one in written):
        place.at("states").wrong("a list of texts is expected")
    pairs = [weighted(one) for one in written]
    states = tuple(state for state, _ in pairs)
    ends, moves = given.get("ends", []), given.get("moves", {})
    told = isinstance(ends, list) and isinstance(moves, dict)
    if not told or not all(isinstance(after, list) for after in moves.values()):
        place.wrong("ends are a list of states, moves lists of states by state")
    for key, listed in (("ends", ends), *((f"moves.{state}", after) for state, after in moves.items())):
        for state in [*listed, *([key.removeprefix("moves.")] if key != "ends" else [])]:
            if state not in states:
                place.at(key).wrong(f"{state!r} is none of the states")
    following = {state: tuple(after) for state, after in moves.items()}
    return StateMachine(name, states, tuple(weight or 1 for _, weight in pairs), frozenset(ends), following)


def _merge(into: dict[str, Any], given: Mapping[str, Any], place: Place) -> None:
    for key, value in given.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value, place.at(key))
        elif key in into:
            place.at(key).wrong("another file of the pack has said it already")
        else:
            into[key] = value


def _leaves(
    place: Place, path: tuple[str, ...], given: Mapping[str, Any], inherited: Mapping[str, Slot], share: int
) -> Iterator[Leaf]:
    """Yield the leaves of a node: its children's, the lines of its table, or itself."""
    slots = {**inherited, **_slots(place, {k: v for k, v in given.items() if not isinstance(v, dict)})}
    children = [(key, value) for key, value in given.items() if isinstance(value, dict)]
    lines = list(_lines(place, given[_TABLE])) if _TABLE in given else []
    if children and lines:
        place.at(_TABLE).wrong("a node has either a table or nodes of its own")
    shares = [_share(place.at(key), child, rank) for rank, (key, child) in enumerate(children)]
    shares += [_zipf(rank) for rank in range(len(lines))]
    total = sum(shares)
    for rank, (key, child) in enumerate(children):
        if not _KEY.match(key):
            place.at(key).wrong("a name is written in lower case, with underscores")
        part = max(1, share * shares[rank] // total)
        yield from _leaves(place.at(key), (*path, key), child, slots, part)
    for rank, line in enumerate(lines):
        own = {slot: _slot(place.at(_TABLE, str(rank + 1), slot), cell) for slot, cell in line.items()}
        yield Leaf((*path, str(rank + 1)), max(1, share * shares[rank] // total), {**slots, **own})
    if not children and not lines:
        yield Leaf(path, share, slots)


def _share(place: Place, child: Mapping[str, Any], rank: int) -> int:
    found = child.get(_SHARE)
    if found is None:
        return _zipf(rank)
    if type(found) is not int or found < 1:
        place.at(_SHARE).wrong("a whole number from 1 up is expected")
    return found * 100


def _zipf(rank: int) -> int:
    return 100_000 // isqrt((rank + 1) * 10_000)


def _lines(place: Place, written: Any) -> Iterator[dict[str, list[str]]]:
    """Yield the lines of a table whose cells stand apart by bars, and a cell's choices by slashes between blanks."""
    if not isinstance(written, str):
        place.at(_TABLE).wrong("lines with bars are expected")
    rows = [[cell.strip() for cell in _BAR.split(line)] for line in written.splitlines() if line.strip()]
    if len(rows) < 2:
        place.at(_TABLE).wrong("a line of slots is expected, and lines of what they hold")
    header = rows[0]
    for number, row in enumerate(rows[1:], 1):
        if len(row) != len(header):
            place.at(_TABLE, str(number)).wrong(f"it has {len(row)} cells where the first line has {len(header)}")
        yield {
            slot: [choice.strip() for choice in cell.split(" / ")]
            for slot, cell in zip(header, row, strict=True)
            if cell
        }


def _slots(place: Place, given: Mapping[str, Any]) -> dict[str, Slot]:
    return {key: _slot(place.at(key), value) for key, value in given.items() if key not in (_TABLE, _SHARE)}


def _slot(place: Place, value: Any) -> Slot:
    written = value if isinstance(value, list) else [value]
    if not written:
        place.wrong("the list is empty")
    written = [str(one) if type(one) in (int, float) else one for one in written]
    if not all(isinstance(one, str) and one.strip() for one in written):
        place.wrong("texts or numbers are expected, none of them empty")
    if len(written) == 1:
        number = _attempt(place, read_number, written[0])
        if number is not None:
            return number
    pairs = [weighted(one) for one in written]
    if len({text for text, _ in pairs}) < len(pairs):
        twice = next(text for n, (text, _) in enumerate(pairs) if text in [t for t, _ in pairs[:n]])
        place.wrong(f"{twice!r} stands there twice")
    templates = tuple(_attempt(place, read_template, text) for text, _ in pairs)
    given = [weight for _, weight in pairs]
    weights = tuple(weight or 1 for weight in given) if any(weight is not None for weight in given) else ()
    return Options(templates, weights)


def _attempt(place: Place, reader: Callable[[str], T], written: str) -> T:
    try:
        return reader(written)
    except ValueError as error:
        place.wrong(str(error))


def _document(place: Place, shape: Any) -> Template:
    """Return a JSON document with slots as a template; a string that is one slot of a number becomes a number."""
    parts: list[str | Ref] = []

    def put(node: Any) -> None:
        if isinstance(node, dict):
            for n, (key, value) in enumerate(node.items()):
                parts.append((", " if n else "{") + json.dumps(key, ensure_ascii=False) + ": ")
                put(value)
            parts.append("}" if node else "{}")
        elif isinstance(node, list):
            for n, value in enumerate(node):
                parts.append(", " if n else "[")
                put(value)
            parts.append("]" if node else "[]")
        elif isinstance(node, str):
            put_text(_attempt(place, read_template, node))
        else:
            parts.append(json.dumps(node))

    def put_text(template: Template) -> None:
        if len(template.parts) == 1 and isinstance(template.parts[0], Ref):
            # Whether a slot is a number is known once the record is.
            parts.append(replace(template.parts[0], filters=(*template.parts[0].filters, "json")))
            return
        parts.append('"')
        for part in template.parts:
            if isinstance(part, str):
                parts.append(json.dumps(part, ensure_ascii=False)[1:-1])
            else:
                parts.append(replace(part, filters=(*part.filters, "inside")))
        parts.append('"')

    put(shape)
    return Template(tuple(_glued(parts)))


def _glued(parts: list[str | Ref]) -> Iterator[str | Ref]:
    waiting = ""
    for part in parts:
        if isinstance(part, str):
            waiting += part
        else:
            if waiting:
                yield waiting
            waiting = ""
            yield part
    if waiting:
        yield waiting


def _check_record(place: Place, record: Record) -> None:
    """Refuse slots that don't resolve, refer to one another in a ring, or are a number here and a text there."""
    numbers: dict[str, bool] = {}
    # Leaves inherit most of their slots, so what these name is found once.
    named: dict[int, tuple[str, ...]] = {}
    for leaf in record.leaves:
        here = place.at(*leaf.path[1:])
        for name, slot in leaf.slots.items():
            if numbers.setdefault(name, isinstance(slot, Number)) != isinstance(slot, Number):
                here.at(name).wrong("the slot is a number in some places and a text in others")
            if id(slot) not in named:
                named[id(slot)] = _named(slot)
        done = {name for name, slot in leaf.slots.items() if not named[id(slot)]}
        for name in leaf.slots:
            if name not in done:
                _resolve(here, leaf, name, (), done, named)


def _check_claims(place: Place, record: Record, claims: Iterable[Claim]) -> None:
    """Refuse claims on slots that not all of the record's leaves have."""
    for claim in claims:
        for slot in (*claim.columns, *claim.parents):
            missing = next((leaf for leaf in record.leaves if slot not in leaf.slots), None)
            if missing is not None:
                path = ".".join(missing.path) or SHARED
                place.at("records", claim.record, "columns", slot).wrong(f"{path} has no slot of that name")


def _named(slot: Slot) -> tuple[str, ...]:
    """Return the slots that one names, in order."""
    if isinstance(slot, Number):
        return (slot.of,) if slot.of else ()
    return tuple(dict.fromkeys(ref.name for template in slot.templates for ref in template.refs if ref.name))


def _resolve(
    place: Place,
    leaf: Leaf,
    name: str,
    path: tuple[str, ...],
    done: set[str],
    named: Mapping[int, tuple[str, ...]],
) -> None:
    if name in done:
        return
    if name in path:
        place.at(name).wrong(f"it refers to itself: {' -> '.join((*path, name))}")
    slot = leaf.slots.get(name)
    if slot is None:
        place.at(path[-1] if path else name).wrong(f"there is no slot named {name!r}")
    for other in named[id(slot)]:
        _resolve(place, leaf, other, (*path, name), done, named)
    done.add(name)
