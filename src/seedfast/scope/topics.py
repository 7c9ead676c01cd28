"""Topics: words of data packs, such as departments of goods, that data may be asked to speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from seedfast.packs.library import Library
from seedfast.packs.pack import Leaf, Options, Record
from seedfast.scope.language import Words
from seedfast.scope.tokens import keys

_SLOTS = ("department", "category", "genre")
_TELLING = ("department", "genre")
_ENDING = "ing"


class Topics:
    """The topics of a library of packs, by what they are called."""

    def __init__(self, packs: Library | None) -> None:
        self._packs = packs

    @cached_property
    def _known(self) -> Mapping[Words, str]:
        """Topics by their words: the packs' own names win over kinds of things, these over their departments."""
        found: dict[Words, str] = {}
        if self._packs is None:
            return found
        declared = [declaration.name for declaration in self._packs.declarations]
        for name in declared:
            found.setdefault(keys(name), name)
        listed: dict[Words, str] = {}
        for name in declared:
            for record in self._packs.pack(name).records.values():
                for leaf, kinds in _told(record):
                    for kind in kinds:
                        found.setdefault(keys(kind), kind)
                    for slot in _SLOTS:
                        text = _text(leaf, slot)
                        if text is not None:
                            listed.setdefault(keys(text), kinds[-1])
        return {**listed, **found}

    def find(self, said: Words) -> str | None:
        """Return the topic that words name, as the pack writes it."""
        for form in (said, tuple(word.removesuffix(_ENDING) for word in said)):
            if form in self._known:
                return self._known[form]
        return None

    def pack(self, name: str) -> bool:
        """Tell whether there is a pack of that name."""
        return self._packs is not None and any(one.name == name for one in self._packs.declarations)


def _told(record: Record) -> Iterator[tuple[Leaf, list[str]]]:
    """Yield the leaves of a record that are kinds of things, with these kinds: each in one department or genre."""
    sections: dict[str, set[str | None]] = defaultdict(set)
    for leaf in record.leaves:
        kinds = _kinds(leaf)
        if kinds:
            sections[kinds[0]].add(next((text for slot in _TELLING if (text := _text(leaf, slot)) is not None), None))
    for leaf in record.leaves:
        kinds = _kinds(leaf)
        if kinds and not record.listed and len(sections[kinds[0]]) == 1 and None not in sections[kinds[0]]:
            yield leaf, kinds


def _kinds(leaf: Leaf) -> list[str]:
    return [part for part in leaf.path[1:] if not part.isdigit()]


def _text(leaf: Leaf, slot: str) -> str | None:
    told = leaf.slots.get(slot)
    if not isinstance(told, Options) or len(told.templates) != 1:
        return None
    return told.templates[0].literal
