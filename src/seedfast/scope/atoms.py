"""A sentence as atoms: spans of words, each with everything that it may be in one schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import Any

from seedfast.scope.ground import Vocabulary
from seedfast.scope.language import Vague, Words, language
from seedfast.scope.spec import WHOLE, Count
from seedfast.scope.times import span
from seedfast.scope.tokens import Token, keys
from seedfast.scope.topics import Topics

_LONGEST = 5
_CLOSE, _OTHERWISE = 10, 6
_SHORT = 3
_BESIDE_NAMES = frozenset({"domain", "nature", "size"})
_ARTICLES = frozenset({"a", "an", "ein", "eine", "un", "una"})
_OWNERS = frozenset({"their", "its", "his", "her"})
_PRAISE = frozenset({"good", "great", "fine", "perfect", "enough", "top", "new"})
_FIRST = frozenset({"top", "biggest", "busiest", "heaviest"})
_APIECE = frozenset({"all", "with", "have", "per"})
_NUMBERS = frozenset({"count", "to", "or", "and", "between", "at_least", "at_most", "more_than", "less_than", "about"})
_KINDS_OF = frozenset({"nature", "size", "country"})
"""What may stand between an article and the name of a table: "a small clinic"."""

_TENTH, _TWELFTH = 10, 12
_LOOSE = frozenset({"nature", "size", "country", "filler"})
_SURE, _FIGURE, _SHAPE, _NAMED, _SAID, _COUNTRY, _LOOSELY, _PLACE, _DOMAIN, _GUESS = range(10, 0, -1)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was said: between two bounds, ``exact`` where that was stressed."""

    low: Decimal
    high: Decimal | None
    exact: bool = False
    vague: bool = False

    @property
    def count(self) -> Count | None:
        """The number of rows; None where it is none."""
        if self.low != int(self.low) or (self.high is not None and self.high != int(self.high)):
            return None
        return Count(int(self.low), None if self.high is None else int(self.high))

    @property
    def whole(self) -> list[Decimal]:
        """The one number, or all whole numbers of a short range: "4 or 5"."""
        if self.high is None or self.high - self.low > _TENTH:
            return []
        if self.low == self.high or self.count is None:
            return [self.low] if self.low == self.high else []
        return [Decimal(one) for one in range(int(self.low), int(self.high) + 1)]

    @property
    def figure(self) -> Decimal | None:
        """The one number; None where it is a range."""
        return self.low if self.low == self.high else None


@dataclass(slots=True, eq=False)
class Atom:
    """Words of a sentence, ``said`` as they were, and what they may be by kind."""

    said: str
    meant: dict[str, Any] = field(default_factory=dict)
    typo: str = ""

    def is_(self, kind: str) -> bool:
        """Tell whether the words may be of a kind."""
        return kind in self.meant

    def text(self) -> str:
        """Return the atom's kinds as patterns read them."""
        return "|".join(sorted(self.meant)) + " "


class Spotter:
    """Finds the atoms of sentences about one schema."""

    def __init__(self, vocabulary: Vocabulary, topics: Topics, now: datetime) -> None:
        self.vocabulary = vocabulary
        self.topics = topics
        self.now = now
        self._spans: dict[Words, Mapping[int, Mapping[str, Any]]] = {}

    def atoms(self, said: Sequence[Token]) -> list[Atom]:
        """Return the atoms of a sentence, longest spans first; words without any meaning are left out."""
        found: list[Atom] = []
        at, one = 0, False
        while at < len(said):
            size, atom = self._longest(said, at)
            behind = said[at - 1].said if at else ""
            one = behind in _ARTICLES or (one and bool(_KINDS_OF & set(found[-1].meant)))
            if atom.is_("named") and one:
                atom.meant["single"] = None
            if atom.is_("value") and not atom.is_("named") and behind in _ARTICLES:
                atom.meant["sole"] = None
            if atom.is_("named") and behind in _OWNERS:
                atom.meant["theirs"] = None
            found.append(atom)
            at += size
            if atom.is_("purpose"):
                while at < len(said) and not _ends_purpose(said, at):
                    atom.said += f" {said[at].text}"
                    at += 1
        for before, atom in pairwise(found):
            # "Orders 500" is a number of them; "orders over $500" and "orders at about 500" are not.
            if atom.is_("count") and before.is_("named") and atom.said[0].isdigit():
                atom.meant["close"] = None
        self._consisting(found)
        for before, atom in pairwise(found):
            # "Fine" is an answer; "reviews should be fine" says something of them.
            if atom.said.lower() in _PRAISE and before.is_("be") and any(one.is_("named") for one in found):
                atom.meant = {"unknown": None}
        for at, atom in enumerate(found):
            # "The top 10 %" are said by their share; "the top customer" is one that no wish can speak of.
            near = (*found[max(0, at - 1) : at], *found[at + 1 : at + 2])
            if atom.said.lower() in _FIRST and not any(one.is_("share") or one.is_("count") for one in near):
                atom.meant = {"unknown": None}
        for before, atom in pairwise(found):
            # "Have left" says what happened, and not how something is to stay.
            values = self.vocabulary.find_values(keys(atom.said)) if before.is_("have") and atom.is_("be") else ()
            if values:
                atom.meant = {"value": values}
        for atom, after in pairwise(found):
            # "Hired" before a time says which of its moments is meant, and there is one.
            if after.is_("period") and language().shapes.get((atom.said.lower(),), ("",))[0] == "filler":
                atom.meant = {"filler": None}
        kept = [atom for atom in _quantities(found) if not atom.is_("filler")]
        for before, atom in pairwise(kept):
            # What a word that isn't understood says more of is likely not what a distant synonym of it would be.
            if before.is_("unknown") and set(atom.meant) == {"named"} and atom.meant["named"][0].rank >= _CLOSE:
                atom.meant = {"unknown": None}
        return kept

    def _consisting(self, found: Sequence[Atom]) -> None:
        """Read "bookings of 1 to 5 passengers" as bookings with so many: what they are of points at them."""
        for at, atom in enumerate(found):
            if atom.said.lower() != "of" or not at or not found[at - 1].is_("named"):
                continue
            if any(_APIECE & set(one.meant) for one in found[max(0, at - 4) : at - 1]):
                # "Each with 3 orders of 2 items": that each of them has so many is understood.
                continue
            numbers = list(takewhile(lambda one: bool(_NUMBERS & set(one.meant)), found[at + 1 : at + 6]))
            after = found[at + 1 + len(numbers) : at + 2 + len(numbers)]
            if not any(one.is_("count") for one in numbers) or not after or not after[0].is_("named"):
                continue
            wholes = [one.table for one in found[at - 1].meant["named"] if one.rank < _CLOSE]
            parts = [one.table for one in after[0].meant["named"] if one.rank < _CLOSE]
            if any(self.vocabulary.points_at(part, whole) for part in parts for whole in wholes):
                atom.meant = {"with": None}

    def _longest(self, said: Sequence[Token], at: int) -> tuple[int, Atom]:
        best: tuple[int, int] | None = None
        meant: dict[str, Any] = {}
        for size, weight, kinds in self._readings(said, at):
            if best is None or (size, weight) > best:
                best, meant = (size, weight), dict(kinds)
            elif (size, weight) == best:
                meant |= {kind: value for kind, value in kinds.items() if kind not in meant}
        if best is not None:
            size = best[0]
            if best[1] <= _NAMED:
                # Words that name something here may be several things at once.
                for _, _, kinds in (one for one in self._readings(said, at) if one[0] == size):
                    further = kinds.keys() - meant.keys() - {"filler"}
                    meant |= {kind: kinds[kind] for kind in further if best[1] <= _SAID or kind in _BESIDE_NAMES}
            return size, Atom(_words(said[at : at + size]), meant)
        token = said[at]
        if token.sign:
            return 1, Atom(token.text, {"filler": None})
        right = None if token.number is not None or token.quoted else self.vocabulary.misspelt(token.said)
        if right is not None:
            meant = dict(self._named(right))
            if meant:
                return 1, Atom(token.text, meant, typo=" ".join(right))
        return 1, Atom(token.text, {"unknown": None})

    def _readings(self, said: Sequence[Token], at: int) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
        first = said[at]
        if first.quoted:
            yield 1, _SURE, {"literal": first.text}
            return
        words = [token.said for token in said[at : at + language().longest]]
        time = span([token.said for token in said[at:]], self.now)
        if time is not None:
            yield time[0], _SURE, {"period": time[1]}
        share = _share(said, at)
        if share is not None:
            yield share[0], _SURE, {"share": share[1]}
        number = _number(said, at)
        if number is not None:
            yield number[0], _FIGURE, {"count": Quantity(number[1], None if first.more else number[1])}
        yield from self._shapes(said, at, words)
        for size in range(min(_LONGEST, len(said) - at), 0, -1):
            tokens = said[at : at + size]
            if any(token.sign or token.quoted for token in tokens):
                continue
            for weight, kinds in self._grounded(tuple(k for token in tokens for k in keys(token.said))):
                if size == 1 or not self._split(tokens[0], kinds):
                    yield size, weight, kinds

    def _split(self, first: Token, kinds: Mapping[str, Any]) -> bool:
        """Tell whether words had better be read one by one: "payments pending" are payments, not a state of orders."""
        distant = "value" in kinds and kinds["value"][0].rank >= _OTHERWISE
        tables = self.vocabulary.find_tables(keys(first.said)) if distant else ()
        return bool(tables) and tables[0].rank < _CLOSE

    def _shapes(
        self, said: Sequence[Token], at: int, words: Sequence[str]
    ) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
        known = language()
        for size in range(len(words), 0, -1):
            phrase = tuple(words[:size])
            if phrase in known.currencies:
                code = known.currencies[phrase]
                values = self.vocabulary.in_currency(code)
                yield size, _COUNTRY, {"currency": code, **({"value": values} if values else {})}
            if phrase in known.domains and self.topics.pack(known.domains[phrase]):
                yield size, _DOMAIN, {"domain": known.domains[phrase]}
            if phrase in known.abroad:
                yield size, _DOMAIN, {known.abroad[phrase]: None}
            if phrase not in known.shapes:
                continue
            kind, value = known.shapes[phrase]
            if kind == "country":
                pronoun = phrase == ("us",) and said[at].text != "US" and not self._before_nouns(said, at)
                if not pronoun:
                    yield size, _COUNTRY, {"country": value}
                else:
                    yield size, _SHAPE, {"filler": None}
            elif kind == "vague":
                yield size, _SHAPE, _vague(value)
            elif kind == "filler":
                yield size, _SHAPE if len(" ".join(phrase)) <= _SHORT else _LOOSELY, {"filler": None}
            elif kind in _LOOSE:
                yield size, _COUNTRY, {kind: value}
            else:
                yield size, _SHAPE, {kind: value}

    def _before_nouns(self, said: Sequence[Token], at: int) -> bool:
        """Tell whether a word stands before a table's name: ``us customers`` are those of a country."""
        follows = said[at + 1].said if at + 1 < len(said) else ""
        return follows in ("based", "only") or bool(self.vocabulary.find_tables(keys(follows)) if follows else ())

    def _grounded(self, said: Words) -> Iterator[tuple[int, Mapping[str, Any]]]:
        if not said:
            return
        if said in self._spans:
            yield from self._spans[said].items()
            return
        found: dict[int, dict[str, Any]] = {}
        tables = self.vocabulary.find_tables(said)
        if tables:
            found.setdefault(_NAMED if tables[0].rank < _CLOSE else _LOOSELY, {})["named"] = tables
        values = self.vocabulary.find_values(said)
        if values:
            # A state that goes by another word is less sure than what people say of any row: orders are placed.
            found.setdefault(_SAID if values[0].rank < _OTHERWISE else _PLACE, {})["value"] = values
        columns = self.vocabulary.find_columns(said)
        if columns:
            found.setdefault(_PLACE if columns[0].rank else _LOOSELY, {})["column"] = columns
        if self.vocabulary.schema(said):
            found.setdefault(_PLACE, {})["area"] = said
        elif said in language().concepts:
            found.setdefault(_GUESS, {})["area" if self.vocabulary.area(said) else "absent"] = said
        if not found:
            topic = self.topics.find(said)
            if topic is not None:
                found[_GUESS] = {"topic": topic}
        self._spans[said] = found
        yield from found.items()

    def _named(self, said: Words) -> Mapping[str, Any]:
        meant: dict[str, Any] = {}
        for _, kinds in self._grounded(said):
            meant |= kinds
        return meant


def _ends_purpose(said: Sequence[Token], at: int) -> bool:
    """Tell whether what something is for ends here: at a pause, or where it is said how much is wanted."""
    return said[at].said in (",", ";", ".", ":", "i", "we", "please") or _number(said, at) is not None


def _words(said: Sequence[Token]) -> str:
    text = said[0].text
    for before, token in pairwise(said):
        text += " " * (token.start > before.end) + token.text
    return text


def _vague(vague: Vague) -> Mapping[str, Any]:
    meant: dict[str, Any] = {"vague": vague.name}
    if vague.share is not None:
        meant["share"] = vague.share
    if vague.low is not None:
        high = None if vague.high is None else Decimal(vague.high)
        meant["count"] = Quantity(Decimal(vague.low), high, vague=True)
    return meant


def _number(said: Sequence[Token], at: int) -> tuple[int, Decimal] | None:
    """Return how many tokens are a number in figures or words, and which; "half a million" is one, too."""
    known = language()
    if (
        at + 2 < len(said)
        and said[at].said == "half"
        and said[at + 1].said == "a"
        and said[at + 2].said in known.scales
    ):
        return 3, Decimal(known.scales[said[at + 2].said]) / 2
    total, current, size = Decimal(0), Decimal(0), 0
    begun = False
    if said[at].said in ("a", "one") and at + 1 < len(said):
        follows = said[at + 1].said
        if follows in known.scales or follows in ("dozen", "couple", "single"):
            current, size, begun = Decimal(1), 1, True
    while at + size < len(said):
        token = said[at + size]
        if token.number is not None and not begun:
            current, begun = token.number, True
        elif token.said in known.numbers and not token.quoted:
            if token.said in ("dozen", "couple") and begun:
                current *= known.numbers[token.said]
            elif begun and not (current % 100 == 0 or (current % 10 == 0 and known.numbers[token.said] < _TENTH)):
                break
            else:
                current += known.numbers[token.said]
            begun = True
        elif token.said in known.scales and begun and (len(token.said) > 1 or token.number is None):
            scale = known.scales[token.said]
            current = (current or Decimal(1)) * scale
            if scale >= known.scales["thousand"]:
                total, current = total + current, Decimal(0)
        elif not (begun and size and _joins(said, at + size)):
            break
        size += 1
    return (size, total + current) if begun else None


def _joins(said: Sequence[Token], at: int) -> bool:
    """Tell whether a word stands within a number: "two hundred and fifty", "a couple of"."""
    if said[at].said == "of":
        return said[at - 1].said in ("couple", "dozen")
    follows = said[at + 1].said if at + 1 < len(said) else ""
    return said[at].said == "and" and said[at - 1].said in language().scales and follows in language().numbers


def _share(said: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Return how many tokens are a share, and which, out of 1,000."""
    known = language()
    first = said[at].said
    rest = [token.said for token in said[at : at + 6]]
    number = _number(said, at)
    # "Half", "a third", "two thirds": a number of parts.
    if first in known.fractions or (first == "a" and rest[1:2] and rest[1] in known.fractions):
        before = int(first == "a")
        if before or first in ("half", "quarter"):
            return before + 1, _permille(Decimal(WHOLE) / known.fractions[rest[before]])
    elif number is not None and rest[number[0] : number[0] + 1] and rest[number[0]] in known.fractions:
        return number[0] + 1, _permille(WHOLE * number[1] / known.fractions[rest[number[0]]])
    if number is None:
        if first in ("every", "each") and len(rest) > 1 and rest[1] in known.ordinals:
            return 2, WHOLE // known.ordinals[rest[1]]
        return None
    size, value = number
    follows = rest[size : size + 2]
    if follows[:1] in (["%"], ["percent"], ["pct"], ["prozent"]):
        return size + 1, _permille(value * 10)
    if follows == ["per", "cent"]:
        return size + 2, _permille(value * 10)
    if follows[:1] == ["/"] and "of" in rest[size + 2 : size + 3]:
        whole = _number(said, at + size + 1)
        if whole is not None and 0 < value < whole[1] <= _TWELFTH:
            return size + 1 + whole[0], _permille(value * WHOLE / whole[1])
    for words in (["in"], ["out", "of"]):
        if rest[size : size + len(words)] == words:
            whole = _number(said, at + size + len(words)) if at + size + len(words) < len(said) else None
            # "One in ten" is a share; "5 in 2025" and "20 in 4 stores" are none.
            if whole is not None and 0 < value < whole[1] <= WHOLE and (value == 1 or len(words) > 1):
                return size + len(words) + whole[0], _permille(value * WHOLE / whole[1])
    return None


def _permille(value: Decimal) -> int:
    return min(WHOLE, int(value.to_integral_value()))


def _quantities(atoms: Sequence[Atom]) -> Iterator[Atom]:
    """Yield the atoms with bounds and numbers put together: "at least 5", "between 2 and 4", "10 to 20"."""
    at = 0
    while at < len(atoms):
        size, atom = _quantity(atoms, at)
        yield atom
        at += size


def _quantity(atoms: Sequence[Atom], at: int) -> tuple[int, Atom]:
    here = atoms[at]
    following = list(atoms[at : at + 6])

    def number(n: int) -> Quantity | None:
        return following[n].meant.get("count") if n < len(following) else None

    def joined(size: int, quantity: Quantity) -> tuple[int, Atom]:
        return size, Atom(" ".join(one.said for one in following[:size]), {"count": quantity})

    if here.is_("between") and len(following) > 3:
        low, high = number(1), number(3)
        if low and high and (following[2].is_("and") or following[2].is_("to")):
            return joined(4, Quantity(low.low, high.high))
    for bound in ("at_least", "at_most", "more_than", "less_than", "about", "exactly"):
        if here.is_(bound):
            skip = 1
            while skip < len(following) and following[skip].is_("filler"):
                skip += 1
            one = number(skip)
            if one is not None and not (bound == "about" and one.vague):
                size, atom = _quantity(atoms, at + skip)
                quantity = atom.meant["count"]
                return size + skip, Atom(f"{here.said} {atom.said}", {"count": _bounded(bound, quantity)})
    one = number(0)
    if one is not None and not one.vague and len(following) > 2:
        other = number(2)
        if other is not None and (following[1].is_("to") or following[1].is_("or")) and other.low >= one.low:
            return joined(3, Quantity(one.low, other.high))
        if following[1].is_("or") and following[2].is_("more"):
            return joined(3, Quantity(one.low, None))
        if following[1].is_("or") and following[2].is_("fewer"):
            return joined(3, Quantity(Decimal(0), one.low))
    if here.is_("vague") and here.meant["vague"] == "several" and at + 1 < len(atoms):
        scale = language().scales.get(atoms[at + 1].said.lower())
        if scale is not None:
            return 2, Atom(
                f"{here.said} {atoms[at + 1].said}",
                {"count": Quantity(Decimal(3 * scale), Decimal(7 * scale), vague=True)},
            )
    return 1, here


def _bounded(bound: str, one: Quantity) -> Quantity:
    if bound == "at_least":
        return Quantity(one.low, None)
    if bound == "at_most":
        return Quantity(Decimal(0), one.high)
    if bound == "more_than":
        return Quantity(one.low + 1, None)
    if bound == "less_than":
        return Quantity(Decimal(0), max(Decimal(0), one.low - 1))
    if bound == "about":
        around = max(Decimal(1), one.low // _TENTH)
        return Quantity(one.low - around, one.low + around)
    return Quantity(one.low, one.high, exact=True)
