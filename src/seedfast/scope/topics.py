"""Topics: words of data packs, such as departments of goods, that data may be asked to speak of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from seedfast.packs.library import Library
from seedfast.packs.pack import Options
from seedfast.scope.language import Words
from seedfast.scope.tokens import keys

_SLOTS = ("department", "category", "genre")
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
                for leaf in record.leaves:
                    told = [leaf.slots[slot] for slot in _SLOTS if slot in leaf.slots]
                    kinds = [part for part in leaf.path[1:] if not part.isdigit()]
                    if not told or not kinds or record.listed:
                        continue
                    for kind in kinds:
                        found.setdefault(keys(kind), kind)
                    for slot in told:
                        texts = [one.literal for one in slot.templates] if isinstance(slot, Options) else []
                        for text in filter(None, texts):
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
