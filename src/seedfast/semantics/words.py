"""The words of a name: split where case, digits or signs change, spelt out, singular, in English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from seedfast.semantics.lexicon import lexicon, pieces, singular
from seedfast.semantics.tongues import folded, tongues

_GLUED = 6
_ENDINGS = (
    "identifier",
    "description",
    "address",
    "number",
    "status",
    "amount",
    "price",
    "name",
    "url",
    "qty",
    "hours",
)
_REST = 3
_SHARED_PREFIX = 3
_SHORT_WORDS = frozenset({"id", "at", "by", "on", "to", "of", "no", "is", "ip", "os", "in", "up"})


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name: ``custFirstNames2`` gives customer, first, name, 2, ``total_iva`` vat, total."""
    said = [word for piece in pieces(folded(name)) for word in unglued(piece)]
    read = tongues().read(said)
    found: list[str] = []
    for word in said if read is None else read:
        for one in spelt(word) if isinstance(word, str) else word:
            # "data di nascita" is the birth date, and no date of one.
            if read is None or found[-1:] != [one]:
                found.append(one)
    return tuple(found)


def speaks(name: str) -> frozenset[str]:
    """Return the tongues that a name is of, none where it could be English."""
    return tongues().spoken([word for piece in pieces(folded(name)) for word in unglued(piece)])


def shared_prefix(names: Iterable[str]) -> str | None:
    """Return a word that begins most of a table's names and says nothing by itself, such as the ``c`` of ``c_name``."""
    read = [words(name) for name in names]
    firsts = Counter(name[0] for name in read if len(name) > 1)
    for word, count in firsts.most_common(1):
        if count >= _SHARED_PREFIX and count * 3 >= len(read) * 2:
            return word
    return None


@cache
def spelt(word: str) -> tuple[str, ...]:
    """Return a word spelt out: ``qty`` is quantity, ``dob`` birth date, ``cities`` city."""
    synonyms = lexicon().synonyms
    if word in synonyms:
        return synonyms[word]
    base = tongues().base(word) if word not in lexicon().vocabulary else None
    single = singular(word)
    return synonyms[base] if base is not None else synonyms.get(single, (single,))


@cache
def unglued(word: str) -> tuple[str, ...]:
    """Return the known words that a lower-case word is glued from (``modifieddate``), else the word alone."""
    known = lexicon().vocabulary
    if len(word) < _GLUED or _known(word, known) or tongues().base(word) is not None:
        return (word,)
    compound = tongues().parts(word)
    if compound:
        return compound
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
    return best[-1] or _ending(word)


def _ending(word: str) -> tuple[str, ...]:
    """Return a word that nobody knows in two where its end is one that hardly ends anything but a name."""
    last = next((last for last in _ENDINGS if word.endswith(last)), "")
    return (word[: -len(last)], last) if last and len(word) - len(last) >= _REST else (word,)


def _known(word: str, known: frozenset[str]) -> bool:
    if len(word) <= 2:
        return word in _SHORT_WORDS
    return word in known or singular(word) in known
