"""Bounds of a pack that a stranger wrote: its size, its numbers, what its texts grow to, and whom they could reach."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from seedfast.assist.strange import reaches
from seedfast.packs.pack import Leaf, Options, Pack, Slot
from seedfast.packs.template import Number, Ref, Template
from seedfast.semantics.domains import bounds_of

LARGEST = 256_000
"""The most characters of a whole answer."""

_OF_A_PART = 40_000
_DEEP, _KEYS, _LIST, _LEAVES, _SLOTS = 8, 60, 200, 400, 16
_TEXT, _KEY, _TABLE = 240, 63, 20_000
_TEMPLATES = 20_000
_GROWN = 2_000
"""The most characters of a text once its slots are filled in."""

_NUMBER = 10**12
"""The greatest number that stands for itself; ranges have bounds of their own."""

_REACHED = 10**14
"""What a number may come to that is a share of another, in percent of it."""

_NAMED = re.compile(r"\{([a-z][a-z0-9_]*)|(?:^| )of ([a-z][a-z0-9_]*)")
_PLACES = re.compile("[9123xX*#]")
_LETTERS = str.maketrans({"A": "K", "a": "k"})


def size(value: Any) -> int:
    """Return how many characters a value takes in JSON."""
    return len(json.dumps(value, ensure_ascii=False))


def named(value: Any) -> Iterator[str]:
    """Yield the slots that the texts within a value name."""
    for text in _texts(value, 0):
        for found in _NAMED.finditer(text):
            yield found[1] or found[2]


def check(said: Mapping[str, Any]) -> None:
    """Raise a ``ValueError`` where a pack is larger, deeper or stranger in its signs than anybody writes one."""
    if size(said) > _OF_A_PART:
        raise ValueError("too large")
    _check(said, "", 0)


def check_pack(pack: Pack) -> None:
    """Raise a ``ValueError`` where what a pack's slots give is too long or too great, or could reach somebody."""
    texts: set[str] = set()
    for record in pack.records.values():
        if len(record.leaves) > _LEAVES:
            raise ValueError("too many leaves")
        plain: set[int] = set()
        left = _TEMPLATES
        for leaf in record.leaves:
            lengths: dict[str, int] = {}
            firsts: dict[str, str] = {}
            for name, slot in leaf.slots.items():
                # Leaves inherit most of their slots; those that name no others give the same in all of them.
                if id(slot) in plain:
                    continue
                left -= len(slot.templates) if isinstance(slot, Options) else 1
                if left < 0 or _length(leaf, name, lengths) > _GROWN:
                    raise ValueError("too many texts, or one that grows too long")
                texts.update(_samples(leaf, slot, firsts))
                if isinstance(slot, Number) or not any(ref.name for one in slot.templates for ref in one.refs):
                    plain.add(id(slot))
    if any(map(reaches, texts)):
        raise ValueError("a text that could reach somebody")


def _check(value: Any, key: str, depth: int) -> None:
    if depth > _DEEP:
        raise ValueError("too deep")
    if isinstance(value, str):
        if len(value) > (_TABLE if key == "table" else _TEXT):
            raise ValueError("too long")
        if not (value.replace("\n", "") if key == "table" else value).isprintable():
            raise ValueError("signs that no text holds")
    elif isinstance(value, Mapping):
        if len(value) > _KEYS:
            raise ValueError("too many keys")
        for name, each in value.items():
            if len(name) > _KEY or not name.isprintable():
                raise ValueError("no name")
            _check(each, name, depth + 1)
    elif isinstance(value, list):
        if len(value) > _LIST:
            raise ValueError("too many texts")
        for each in value:
            _check(each, "", depth + 1)
    elif isinstance(value, bool) or (isinstance(value, (int, float)) and abs(value) <= _NUMBER):
        pass
    else:
        raise ValueError("neither text nor number")


def _texts(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth <= _DEEP and isinstance(value, (Mapping, list)):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each, depth + 1)


def _length(leaf: Leaf, name: str, lengths: dict[str, int]) -> int:
    """Return the most characters that a slot may give in a leaf; slots are in no ring, for the pack was read."""
    if name not in lengths:
        slot = leaf.slots[name]
        if isinstance(slot, Number):
            if slot.of and bounds_of([leaf], slot.of)[1] * slot.high >= _REACHED:
                raise ValueError("a share beyond what columns hold")
            lengths[name] = len(_figure(slot))
        else:
            lengths[name] = max(_grown(leaf, template, lengths) for template in slot.templates)
    return lengths[name]


def _grown(leaf: Leaf, template: Template, lengths: dict[str, int]) -> int:
    if len(template.refs) > _SLOTS:
        raise ValueError("too many slots in a text")
    return sum(
        len(part)
        if isinstance(part, str)
        else _length(leaf, part.name, lengths) + len(part.filters)
        if part.name
        else len(_drawn(part))
        for part in template.parts
    )


def _samples(leaf: Leaf, slot: Slot, firsts: dict[str, str]) -> Iterator[str]:
    """Yield what each template of a slot may give: with the first text of each slot that it names."""
    if isinstance(slot, Options):
        for template in slot.templates:
            yield _filled(leaf, template, firsts)


def _filled(leaf: Leaf, template: Template, firsts: dict[str, str]) -> str:
    return "".join(part if isinstance(part, str) else _first(leaf, part, firsts) for part in template.parts)


def _first(leaf: Leaf, ref: Ref, firsts: dict[str, str]) -> str:
    if not ref.name:
        return _drawn(ref)
    if ref.name not in firsts:
        slot = leaf.slots[ref.name]
        said = _figure(slot) if isinstance(slot, Number) else _filled(leaf, slot.templates[0], firsts)
        firsts[ref.name] = said
    return firsts[ref.name]


def _drawn(ref: Ref) -> str:
    """Return what a slot may give that draws a code or a number on the spot."""
    if ref.number is not None:
        return _figure(ref.number)
    return _PLACES.sub("4", (ref.code or "").translate(_LETTERS)).replace("'", "")


def _figure(number: Number) -> str:
    return f"{number.high:.{number.digits}f}"
