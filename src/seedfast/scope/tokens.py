"""A sentence's tokens: words, numbers, dates, quoted texts and signs, with the form that words are compared in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from seedfast.semantics.lexicon import pieces, singular

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?:[\ \u00a0]\d{3})+(?!\d)|\d+(?:\.\d+)*"
_TOKEN = re.compile(
    r"""
      "(?P<double>[^"]*)" | “(?P<curly>[^”]*)” | (?<!\w)'(?P<single>[^']*)'(?!\w)
    | (?P<date>\d{4}-\d{2}-\d{2})(?!\d)
    | (?:(?P<money>[$€£¥])\s?)?(?P<number>{NUMBER})(?P<scale>k|m|mm|mn|mio|bn)?(?!\w)(?P<more>\+(?!\S))?
    | (?P<dotted>(?:[A-Za-z]\.){2,})
    | (?P<times>(?<!\w)[x×](?=\d))
    | (?P<name>\w+(?:['’]\w+)*(?:\.\w+(?:['’]\w+)*)*)
    | (?P<sign>>=|<=|[^\w\s])
    """.replace("{NUMBER}", _NUMBER),
    re.VERBOSE | re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+\Z")
"""A number that some countries write with points between its thousands; no number of rows has three decimals."""

_SCALES = {"k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mio": 10**6, "bn": 10**9}
_GREEK = re.compile(r"(?:[oy]|th)eses$|[oy]ses$")
_GREEK_LENGTH = 7
_IRREGULAR = {"children": "child", "men": "man", "women": "woman", "wives": "wife", "mice": "mouse", "feet": "foot"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence from ``start`` to ``end``; ``said`` is it in lower case, without accents.

    ``number`` is set where it is one in figures, or ``more``; ``money`` is a sign in front, ``quoted`` one in quotes.
    """

    text: str
    said: str
    start: int
    end: int
    number: Decimal | None = None
    more: bool = False
    money: str = ""
    quoted: bool = False
    sign: bool = False


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a sentence; a hyphen within a word is none."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        quoted = next((match[name] for name in ("double", "curly", "single") if match[name] is not None), None)
        if quoted is not None:
            found.append(Token(quoted, folded(quoted), start, end, quoted=True))
        elif match["number"] is not None:
            said = re.sub(r"[,\s]", "", match["number"])
            if _THOUSANDS.match(said) and not match["scale"] and not match["money"]:
                said = said.replace(".", "")
            number = Decimal(said) * _SCALES.get((match["scale"] or "").lower(), 1)
            more, money = match["more"] is not None, match["money"] or ""
            found.append(Token(match[0].strip(), match[0].strip().lower(), start, end, number, more, money))
        elif match["sign"] is not None or match["times"] is not None:
            before, after = text[start - 1 : start], text[end : end + 1]
            within = match[0] == "-" and (before + after).isalnum() and not (before + after).isdecimal()
            if not within:
                found.append(Token(match[0], match[0].lower(), start, end, sign=True))
        else:
            found.append(Token(match[0], folded(match[0]), start, end))
    return tuple(found)


@cache
def folded(text: str) -> str:
    """Return a text in lower case, without accents and with straight apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def key(word: str) -> str:
    """Return what a lower-case word is compared by: its singular, in American spelling."""
    if len(word) >= _GREEK_LENGTH and _GREEK.search(word):
        return word[:-2] + "is"
    single = _IRREGULAR.get(word) or singular(word)
    for british, american in (("lled", "led"), ("lling", "ling"), ("isation", "ization"), ("isati", "izati")):
        single = single.replace(british, american)
    return single


@cache
def keys(phrase: str) -> tuple[str, ...]:
    """Return the words of a name or phrase as they are compared: ``cart_items`` and ``cart items`` are alike."""
    return tuple(key(folded(piece)) for piece in pieces(phrase.replace("'", "")))


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters to put, take, change or swap make one word of another; more than ``most`` is most + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
