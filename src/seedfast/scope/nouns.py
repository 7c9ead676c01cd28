"""The ways in which a name may be spelt and a word be meant: as it is, spelt out, in English, by other nouns."""

from __future__ import annotations

from functools import cache

from seedfast.scope.language import Words, language
from seedfast.scope.tokens import folded, key, keys
from seedfast.semantics.lexicon import pieces
from seedfast.semantics.words import words

SYNONYM = 10
"""How far a noun is from another one that may stand for it."""

_EXACT, _SPELT, _TRANSLATED = 0, 1, 2


@cache
def synonyms(said: Words) -> tuple[tuple[int, Words], ...]:
    """Return other nouns for one, each with how far it is from it."""
    found: dict[Words, int] = {}
    for group in language().synonyms:
        if said in group:
            further = 0 if group[0] == said else SYNONYM
            for number, other in enumerate(group):
                if other != said:
                    found[other] = min(found.get(other, 1000), further + number)
    return tuple((rank, other) for other, rank in found.items())


@cache
def spelt(name: str) -> tuple[tuple[int, Words], ...]:
    """Return the words of a name of the schema in each way that they may be said, with how far they are from it."""
    found: dict[Words, int] = {keys(name): _EXACT}
    found.setdefault(tuple(key(folded(word)) for word in words(name)), _SPELT)
    english = tuple(word for piece in pieces(name) for word in _translated(folded(piece)))
    found.setdefault(english, _TRANSLATED)
    if english != keys(name) and len(pieces(name)) == 2:
        # In Romance languages what a thing is of comes after it.
        first, second = pieces(name)
        found.setdefault((*_translated(folded(second)), *_translated(folded(first))), _TRANSLATED)
    return tuple((rank, spelling) for spelling, rank in found.items() if spelling)


@cache
def spoken(said: Words) -> tuple[tuple[int, Words], ...]:
    """Return what was said in each way that it may be meant: as it is, spelt out, in English."""
    found: dict[Words, int] = {said: 0}
    found.setdefault(tuple(key(folded(word)) for one in said for word in words(one)), 1)
    found.setdefault(tuple(word for one in said for word in _translated(one)), 1)
    return tuple((rank, spelling) for spelling, rank in found.items() if spelling)


@cache
def _translated(word: str) -> Words:
    """Return a word in English, taken apart where it is glued from words of another language."""
    nouns = language().nouns
    for form in (word, key(word)):
        if form in nouns:
            return nouns[form]
    for cut in range(len(word) - 3, 3, -1):
        first, rest = word[:cut], word[cut:]
        if first in nouns:
            last = nouns.get(rest) or nouns.get(key(rest))
            if last is not None:
                return (*nouns[first], *last)
    return (key(word),)
