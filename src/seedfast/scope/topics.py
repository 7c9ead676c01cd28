"""Topics: words of data packs, such as departments of goods, that data may be asked to speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from seedfast.packs.library import Library
from seedfast.packs.pack import Declaration, Leaf, Options, Record
from seedfast.scope.language import Words
from seedfast.scope.tokens import keys

_SLOTS = ("department", "category", "genre")
_TELLING = ("department", "genre")
_ENDING = "ing"


class Topics:
    """The topics of a library of packs, by what they are called."""

    def __init__(self, packs: Library | None) -> None:
        self._packs = packs
        self._read: dict[str, tuple[Mapping[Words, str], Mapping[Words, str]]] = {}

    def find(self, said: Words) -> str | None:
        """Return the topic that words name, as the pack writes it: a pack, a kind of thing, or its department."""
        if self._packs is None:
            return None
        forms = dict.fromkeys((said, tuple(word.removesuffix(_ENDING) for word in said)))
        for declaration in self._packs.declarations:
            if keys(declaration.name) in forms:
                return declaration.name
        for form in forms:
            # Most packs never speak of it, and need not be read.
            speaking = self._packs.speaking_of(max(form, key=len))
            known = [self._of(one.name) for one in self._packs.declarations if one.name in speaking and _sorts(one)]
            for part in (0, 1):
                for one in known:
                    if form in one[part]:
                        return one[part][form]
        return None

    def _of(self, name: str) -> tuple[Mapping[Words, str], Mapping[Words, str]]:
        """Return a pack's kinds of things, and the departments or genres of these, by their words."""
        if name not in self._read and self._packs is not None:
            kinds: dict[Words, str] = {}
            texts: dict[Words, str] = {}
            for record in self._packs.pack(name).records.values():
                for leaf, parts in _told(record):
                    kinds |= {keys(part): part for part in parts}
                    for text in filter(None, (_text(leaf, slot) for slot in _SLOTS)):
                        texts.setdefault(keys(text), parts[-1])
            self._read[name] = kinds, texts
        return self._read[name]

    def pack(self, name: str) -> bool:
        """Tell whether there is a pack of that name."""
        return self._packs is not None and any(one.name == name for one in self._packs.declarations)


def _sorts(declaration: Declaration) -> bool:
    """Tell whether a pack sorts what it speaks of into departments or genres."""
    return any(slot in claim.columns for claim in declaration.claims for slot in _TELLING)


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
