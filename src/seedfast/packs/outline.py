"""Lists that are trees: which thing of a record stands below which other."""

from __future__ import annotations

from seedfast.packs.pack import Leaf, Options, Record

UNDER = "under"
"""The slot that says what the thing is called that a leaf stands below; leaves without it stand below none."""

_CALLED = "name"


def outline(record: Record) -> tuple[int, ...]:
    """Return for each leaf the number of the one that it stands below, -1 for none; () where the record is no tree.

    What a leaf stands below comes before it.
    """
    if not record.listed or not any(UNDER in leaf.slots for leaf in record.leaves):
        return ()
    found: list[int] = []
    called: dict[str | None, int] = {}
    for number, leaf in enumerate(record.leaves):
        found.append(called.get(_text(leaf, UNDER), -1) if UNDER in leaf.slots else -1)
        called[_text(leaf, _CALLED)] = number
    return tuple(found)


def _text(leaf: Leaf, slot: str) -> str | None:
    options = leaf.slots.get(slot)
    return options.templates[0].literal if isinstance(options, Options) else None
