"""The words of a name: split where case, digits or signs change, spelt out, singular, in English."""

from __future__ import annotations

from functools import cache

from seedfast.semantics.lexicon import lexicon, pieces, singular

_GLUED = 6
_SHORT_WORDS = frozenset({"id", "at", "by", "on", "to", "of", "no", "is", "ip", "os", "in", "up"})


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name: ``custFirstNames2`` gives customer, first, name, 2."""
    found: list[str] = []
    for piece in pieces(name):
        for word in unglued(piece):
            found.extend(spelt(word))
    return tuple(found)


@cache
def spelt(word: str) -> tuple[str, ...]:
    """Return a word spelt out: ``qty`` is quantity, ``dob`` birth date, ``cities`` city."""
    synonyms = lexicon().synonyms
    if word in synonyms:
        return synonyms[word]
    single = singular(word)
    return synonyms.get(single, (single,))


@cache
def unglued(word: str) -> tuple[str, ...]:
    """Return the known words that a lower-case word is glued from (``modifieddate``), else the word alone."""
    known = lexicon().vocabulary
    if len(word) < _GLUED or _known(word, known):
        return (word,)
    # The fewest words win; best[n] are the words of the first n letters.
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for begin in range(max(0, end - 16), end - 1):
            before, piece = best[begin], word[begin:end]
            if before is None or not _known(piece, known):
                continue
            there = best[end]
            if there is None or len(before) + 1 < len(there):
                best[end] = (*before, piece)
    return best[-1] or (word,)


def _known(word: str, known: frozenset[str]) -> bool:
    if len(word) <= 2:
        return word in _SHORT_WORDS
    return word in known or singular(word) in known
