"""Templates: texts with slots in braces, and numbers written as ranges.

``{brand}`` is the row's own brand, ``{feature#2}`` a second feature, ``{type|lower}`` a slot through a filter,
``{10..40}`` a number drawn on the spot, ``{=AA-999}`` a code of letters and digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

FILTERS = ("lower", "upper", "capital", "title", "slug", "letters", "an")
"""What a slot can be put through; ``letters`` keeps three capital letters, ``an`` puts the article in front."""

_SLOT = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"([a-z][a-z0-9_]*)(?:#([2-9]))?\Z")
_FIGURE = r"-?\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?P<low>{_FIGURE})(?:\.\.(?P<high>{_FIGURE}))?(?P<share>%)?(?: of (?P<of>[a-z][a-z0-9_]*))?"
    rf"(?: by (?P<step>{_FIGURE}))?(?: ending (?P<ends>\.\d+(?: \.\d+)*))?(?P<few> low)?\Z"
)
_GREATEST = 10**14
"""The bound of a number, its digits after the point counted, that leaves room to reckon with it."""

_WEIGHT = re.compile(r"(.*\S) \*(\d+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds. ``of`` names the slot that bounds in percent are of.

    ``ends`` are what prices end in, after the point; ``few`` prefers low numbers.
    """

    low: Decimal
    high: Decimal
    step: Decimal | None = None
    ends: tuple[Decimal, ...] = ()
    of: str | None = None
    few: bool = False

    @property
    def digits(self) -> int:
        """The digits after the point that the number is written with."""
        written = (*self.ends, self.step or Decimal(0)) if self.of else (self.low, self.high, *self.ends)
        if not self.of and self.step is not None:
            written = (*written, self.step)
        return max(0, *(-int(value.as_tuple().exponent) for value in written))


@dataclass(frozen=True, slots=True)
class Ref:
    """A slot in a template: of the row's record, or a code or a number of its own; ``nth`` other draws differ."""

    name: str = ""
    nth: int = 1
    filters: tuple[str, ...] = ()
    code: str | None = None
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """Texts and slots, in turn."""

    parts: tuple[str | Ref, ...]

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The slots."""
        return tuple(part for part in self.parts if isinstance(part, Ref))

    @property
    def literal(self) -> str | None:
        """The text, where nothing in it varies."""
        return None if self.refs else "".join(str(part) for part in self.parts)


def read_number(written: str) -> Number | None:
    """Return a range such as ``19..349 ending .99 .95`` or ``40%..60% of price``; None where the text is none."""
    found = _NUMBER.match(re.sub(r"%\.\.", "..", written.strip()))
    if found is None or bool(found["share"]) != bool(found["of"]):
        return None
    try:
        low = Decimal(found["low"])
        high = low if found["high"] is None else Decimal(found["high"])
        step = None if found["step"] is None else Decimal(found["step"])
    except InvalidOperation:
        return None
    if high < low or (step is not None and step <= 0):
        raise ValueError(f"{written!r} is no range: its end is below its beginning")
    ends = tuple(Decimal("0" + end) for end in (found["ends"] or "").split())
    number = Number(low, high, step, ends, found["of"], bool(found["few"]))
    if max(abs(low), abs(high)).scaleb(number.digits) >= _GREATEST:
        raise ValueError(f"{written!r} is beyond what a column of numbers holds")
    return number


def read_template(written: str) -> Template:
    """Return the template that a text describes; a ``ValueError`` says what is wrong with it."""
    parts: list[str | Ref] = []
    for n, piece in enumerate(_SLOT.split(written)):
        if n % 2:
            parts.append(_ref(piece))
        elif "{" in piece or "}" in piece:
            raise ValueError(f"{written!r} has a brace that is not closed or not opened")
        elif piece:
            parts.append(piece)
    return Template(tuple(parts))


def _ref(piece: str) -> Ref:
    if piece.startswith("="):
        if not piece[1:]:
            raise ValueError("{=} holds no code")
        if not piece.isascii():
            raise ValueError(f"{{{piece}}} holds letters that no code has: only those from A to Z")
        return Ref(code=piece[1:])
    name, *filters = (part.strip() for part in piece.split("|"))
    for one in filters:
        if one not in FILTERS:
            raise ValueError(f"{{{piece}}} names no filter {one!r}; there are {', '.join(FILTERS)}")
    number = read_number(name)
    if number is not None:
        if number.of:
            raise ValueError(f"{{{piece}}}: a share of another slot must be a slot of its own")
        return Ref(filters=tuple(filters), number=number)
    found = _NAME.match(name)
    if found is None:
        raise ValueError(f"{{{piece}}} is neither a slot, a range such as {{10..40}}, nor a code such as {{=AA-999}}")
    return Ref(found[1], int(found[2] or 1), tuple(filters))


def weighted(written: str) -> tuple[str, int | None]:
    """Return a text without its weight, ``delivered *60``, and the weight."""
    found = _WEIGHT.match(written)
    return (written, None) if found is None else (found[1], int(found[2]))
