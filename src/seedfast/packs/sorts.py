"""Records confined to the things that a list of words names: the products of three categories, the bugs of a tracker.

A list names a kind of thing by what its slot says, by the words of the record's tree, or by another slot that sorts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from seedfast.packs.pack import Leaf, Options, Record, Slot
from seedfast.packs.template import Number, Template

_SORTING = ("department", "category", "kind", "type", "genre", "group", "family", "class", "topic", "sort")
"""Slots that say what kind of thing a leaf is."""

_FILLING = frozenset({"and", "the", "of", "a", "an", "for", "in"})
_OTHER = frozenset({("other",), ("misc",), ("miscellaneou",), ("general",), ("various",), ("else",), ("unknown",)})
"""What a list calls the things that it has no word for."""

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Which of some values a row's record stands for: by its slot's text, or else by its leaf's number."""

    texts: Mapping[str, str]
    leaves: tuple[str | None, ...]


def confined(record: Record, lists: Mapping[str, Sequence[str]]) -> Record:
    """Return a record with nothing in it but what the lists of its slots name, which ``agrees`` told to be possible."""
    for slot, values in lists.items():
        record = _confined(record, slot, values) or record
    return record


def agrees(record: Record, lists: Mapping[str, Sequence[str]], slot: str, values: Sequence[str]) -> bool:
    """Tell whether a record that some lists confine can be confined to one more, and leave it most of its values."""
    return _confined(confined(record, lists), slot, values) is not None


def said(record: Record, slot: str, values: Sequence[str]) -> Said:
    """Return which of the values each thing of a confined record stands for."""
    reader = _Reader(slot, values)
    texts: dict[str, str] = {}
    leaves = []
    for leaf in record.leaves:
        told, sort = reader.read(leaf)
        texts |= {template.literal or "": value for template, value in told.items()}
        leaves.append(sort)
    return Said(texts, tuple(leaves))


class Naming:
    """Which leaves of a record a text names, where it stands for one of the record's slots."""

    def __init__(self, record: Record, slot: str) -> None:
        self._every = tuple(range(len(record.leaves)))
        self._said: list[tuple[int, Words, bool]] = []
        self._with: dict[str, list[int]] = {}
        for number, leaf in enumerate(record.leaves):
            options = leaf.slots.get(slot)
            texts = [template.literal for template in options.templates] if isinstance(options, Options) else []
            own = {_spelt(text) for text in texts if text}
            for spelt in dict.fromkeys([*own, *map(_spelt, _sorts(leaf, slot))]):
                for word in set(spelt):
                    self._with.setdefault(word, []).append(len(self._said))
                self._said.append((number, spelt, spelt in own))

    @property
    def words(self) -> frozenset[str]:
        """The words, in the singular and folded, of which a text must have one to name anything."""
        return frozenset(self._with)

    def leaves(self, text: str) -> tuple[int, ...]:
        """Return the leaves that a text names, by number; all of them where it names none in particular."""
        spelt = _spelt(text)
        near: dict[int, int] = {}
        # One that says all that the other says has a word in common with it.
        for one in {one for word in spelt for one in self._with.get(word, ())}:
            number, said, own = self._said[one]
            # What the slot itself says counts for more than a word of the tree: furniture isn't that of a garden.
            near[number] = max(near.get(number, 0), _near(said, spelt) + (own and said == spelt))
        best = max(near.values(), default=0)
        return tuple(sorted(number for number, one in near.items() if one == best)) if best else self._every


def _confined(record: Record, slot: str, values: Sequence[str]) -> Record | None:
    """Return a record confined to one list, None where that names too little of it."""
    slots = [leaf.slots.get(slot) for leaf in record.leaves]
    if any(one is None for one in slots):
        return None
    if all(one == slots[0] for one in slots):
        return _in_every_leaf(record, slot, slots[0], values)
    reader = _Reader(slot, values)
    kept, met, plain = [], set[str](), 0
    for leaf in record.leaves:
        told, sort = reader.read(leaf)
        plain += _is_plain(leaf.slots[slot])
        if told:
            kept.append(replace(leaf, slots={**leaf.slots, slot: _only(leaf.slots[slot], told)}))
        elif sort is not None:
            kept.append(leaf)
        met |= {*told.values(), *([sort] if sort is not None else [])}
    asked = set(values) - set(reader.others)
    if len(met & asked) < max(min(2, len(asked)), (len(asked) + 1) // 2):
        return None
    if plain < len(record.leaves) and len(kept) * 2 < len(record.leaves):
        # What things of one kind differ in, such as their colour, doesn't say which kinds there are.
        return None
    return replace(record, leaves=tuple(kept))


def _in_every_leaf(record: Record, slot: str, there: Slot | None, values: Sequence[str]) -> Record | None:
    """Return a record whose slot, which doesn't hang on the kind of thing, has the values in the place of its own."""
    if not isinstance(there, Options):
        return None
    told, _ = _Reader(slot, values).read(record.leaves[0])
    if not told:
        return None
    only = _only(there, told)
    new = [value for value in values if value not in told.values()]
    weights = only.weights and (*only.weights, *([min(only.weights)] * len(new)))
    options = Options((*only.templates, *(Template((value,)) for value in new)), weights)
    return replace(record, leaves=tuple(replace(leaf, slots={**leaf.slots, slot: options}) for leaf in record.leaves))


def _only(slot: Slot, told: Mapping[Template, str]) -> Options:
    assert isinstance(slot, Options)
    kept = [number for number, template in enumerate(slot.templates) if template in told]
    weights = tuple(slot.weights[number] for number in kept) if slot.weights else ()
    return Options(tuple(slot.templates[number] for number in kept), weights)


def _is_plain(slot: Slot) -> bool:
    """Tell whether a slot says one thing of all of a leaf's rows."""
    return slot.low == slot.high if isinstance(slot, Number) else len(slot.templates) == 1


class _Reader:
    """Reads which of some values a leaf stands for; a word for all the rest stands for those that no other names."""

    def __init__(self, slot: str, values: Sequence[str]) -> None:
        self._slot = slot
        self._values = [(value, _spelt(value)) for value in values]
        self.others = [value for value, spelt in self._values if spelt in _OTHER]

    def read(self, leaf: Leaf) -> tuple[dict[Template, str], str | None]:
        """Return the value of each text of the slot that has one; where none has, the value of the leaf, if any."""
        slot = leaf.slots[self._slot]
        if isinstance(slot, Number):
            return {}, self._figure(slot)
        literals = [template for template in slot.templates if template.literal]
        sorts = _sorts(leaf, self._slot)
        for least in (2, 1):
            told = {template: value for template in literals if (value := self._value(template.literal or "", least))}
            if told:
                return told, None
            named = [value for sort in sorts if (value := self._value(sort, least))]
            if named:
                return {}, named[-1]
        return {}, self.others[0] if self.others else None

    def _value(self, text: str, least: int) -> str | None:
        spelt = _spelt(text)
        return max(
            (value for value, words in self._values if _near(spelt, words) >= least and words not in _OTHER),
            key=lambda value: len(set(_spelt(value)) & set(spelt)),
            default=None,
        )

    def _figure(self, number: Number) -> str | None:
        if number.of is not None or number.low != number.high:
            return None
        return next((value for value, _ in self._values if _decimal(value) == number.low), None)


def _sorts(leaf: Leaf, slot: str | None) -> list[str]:
    """Return the words that say what kind of thing a leaf is, the narrowest last."""
    told = [leaf.slots.get(name) for name in _SORTING if name != slot]
    texts = [one.templates[0].literal for one in told if isinstance(one, Options) and len(one.templates) == 1]
    return [*(step for step in leaf.path[1:] if not step.isdigit()), *(text for text in texts if text)]


def _near(text: Words, value: Words) -> int:
    """Return 2 where two say the same, 1 where one says all that the other says, else 0; a letter says nothing."""
    if text == value:
        return 2
    said = set(text) & set(value)
    return int(any(len(word) > 1 for word in said) and said in (set(text), set(value)))


@lru_cache(maxsize=1 << 14)
def _spelt(text: str) -> Words:
    """Return the words of a text, in the singular, without those that only join."""
    found = (_single(word) for word in _WORD.findall(_HUMP.sub(" ", text).casefold()))
    return tuple(word for word in found if word not in _FILLING)


def _single(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _decimal(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None
