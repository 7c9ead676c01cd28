"""Patterns (PostgreSQL's advanced regular expressions, LIKE, SIMILAR TO) read into trees over sets of characters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seedfast.constraints.predicate import PatternForm


class UnsupportedPatternError(ValueError):
    """A pattern that isn't understood, or that no finite automaton matches (a back reference)."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set."""

    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Concatenation:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """``item`` from ``low`` to ``high`` times; no limit where ``high`` is None."""

    item: Node
    low: int
    high: int | None


class At(StrEnum):
    """A condition on a place between characters."""

    START = "start"
    END = "end"
    WORD_START = "word start"
    WORD_END = "word end"
    WORD_EDGE = "word edge"
    NO_WORD_EDGE = "no word edge"


@dataclass(frozen=True, slots=True)
class Assertion:
    """A condition on the place, which takes no character."""

    at: At


@dataclass(frozen=True, slots=True)
class Look:
    """What follows must match ``item``, or must not where ``negated``; takes no character."""

    item: Node
    negated: bool


@dataclass(frozen=True, slots=True)
class LookBehind:
    """What stands before must end in a match of ``item``, or must not where ``negated``; takes no character."""

    item: Node
    negated: bool


Node = Chars | Concatenation | Choice | Repeat | Assertion | Look | LookBehind

EMPTY = Concatenation(())

PRINTABLE = frozenset(map(chr, range(0x20, 0x7F)))
LOWER = frozenset("abcdefghijklmnopqrstuvwxyz")
UPPER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = frozenset("0123456789")
WORD = LOWER | UPPER | DIGITS | {"_"}
_SPACE = frozenset(" \t\n\r\f\v")
_CLASSES = {
    "alpha": LOWER | UPPER,
    "lower": LOWER,
    "upper": UPPER,
    "digit": DIGITS,
    "alnum": LOWER | UPPER | DIGITS,
    "xdigit": DIGITS | frozenset("abcdefABCDEF"),
    "space": _SPACE,
    "blank": frozenset(" \t"),
    "punct": PRINTABLE - LOWER - UPPER - DIGITS - {" "},
    "print": PRINTABLE,
    "graph": PRINTABLE - {" "},
    "cntrl": frozenset(map(chr, range(0x20))),
    "ascii": PRINTABLE | frozenset(map(chr, range(0x20))),
    "word": WORD,
}
_SHORTHAND = {"d": DIGITS, "s": _SPACE, "w": WORD}
_ESCAPES = {"a": "\a", "b": "\b", "B": "\\", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_PLACES = {
    "A": At.START,
    "Z": At.END,
    "m": At.WORD_START,
    "M": At.WORD_END,
    "y": At.WORD_EDGE,
    "Y": At.NO_WORD_EDGE,
}
_MOST_OF_RANGE = 128


def read_pattern(
    form: PatternForm, pattern: str, folded: bool = False, known: frozenset[str] = frozenset()
) -> tuple[Node, frozenset[str]]:
    """Return the tree of a match, and the alphabet: printable ASCII, what the pattern mentions, and ``known``.

    A regular expression matches anywhere in a string: what may stand around the match is not in the tree. The other
    forms match the whole string, which their trees say by assertions.
    """
    if form is PatternForm.LIKE:
        return _whole(_LikeReader(pattern, folded, known))
    if form is PatternForm.SIMILAR:
        return _whole(_Reader(_from_similar(pattern), folded, known))
    prefix = ""
    if pattern.startswith("***"):
        prefix, pattern = pattern[:4], pattern[4:]
    if prefix == "***=":
        return _anywhere(_Reader("", folded, known), pattern)
    if prefix not in ("", "***:"):
        raise UnsupportedPatternError(pattern)
    body, flags = _flags(pattern)
    folded = (folded or "i" in flags) and "c" not in flags
    if "q" in flags:
        return _anywhere(_Reader("", folded, known), body)
    if "x" in flags:
        raise UnsupportedPatternError("expanded syntax")
    return _anywhere(_Reader(body, folded, known))


def _flags(pattern: str) -> tuple[str, str]:
    if pattern.startswith("(?"):
        flags, closed, rest = pattern[2:].partition(")")
        if closed and flags.isalpha():
            return rest, flags
    return pattern, ""


def _whole(reader: _Reader) -> tuple[Node, frozenset[str]]:
    tree = reader.read()
    return Concatenation((Assertion(At.START), tree, Assertion(At.END))), reader.alphabet()


def _anywhere(reader: _Reader, text: str | None = None) -> tuple[Node, frozenset[str]]:
    tree = reader.read() if text is None else Concatenation(tuple(reader.one(character) for character in text))
    return tree, reader.alphabet()


def _from_similar(pattern: str) -> str:
    """Return a SIMILAR TO pattern as a regular expression, as the server itself rewrites it."""
    out: list[str] = []
    n, inside = 0, False
    while n < len(pattern):
        character = pattern[n]
        if character == "\\":
            n += 1
            escaped = pattern[n : n + 1]
            out.append("\\" + escaped if not escaped.isalnum() else escaped)
        elif inside:
            inside = character != "]"
            out.append(character)
        elif character == "[":
            inside = True
            follows = pattern[n + 1 : n + 3]
            extra = 2 if follows == "^]" else 1 if follows[:1] == "]" else 0
            out.append(pattern[n : n + 1 + extra])
            n += extra
        else:
            out.append({"%": ".*", "_": ".", "(": "(?:", ".": "\\.", "^": "\\^", "$": "\\$"}.get(character, character))
        n += 1
    return "".join(out)


class _Reader:
    """A recursive descent over one regular expression."""

    def __init__(self, text: str, folded: bool, known: frozenset[str]) -> None:
        self._text = text
        self._place = 0
        self._folded = folded
        self._mentioned = set(known)
        self._depth = 0

    def alphabet(self) -> frozenset[str]:
        """Return printable ASCII and every other character that was mentioned."""
        return PRINTABLE | self._mentioned

    def read(self) -> Node:
        """Return the tree of the whole text."""
        self._mention()
        tree = self._choice()
        if self._place < len(self._text):
            raise UnsupportedPatternError(self._text)
        return tree

    def _mention(self) -> None:
        """Note characters outside printable ASCII: complements and the dot need to know them all beforehand."""
        for n, character in enumerate(self._text):
            if character not in PRINTABLE:
                self._mentioned |= self._fold(frozenset({character}))
            elif character == "\\" and self._text[n + 1 : n + 2] in ("n", "t", "r", "f", "v"):
                self._mentioned.add(_ESCAPES[self._text[n + 1]])

    def one(self, character: str) -> Chars:
        """Return the character itself, in either case where case is folded."""
        if character not in PRINTABLE:
            self._mentioned.add(character)
        return Chars(self._fold(frozenset({character})))

    def _fold(self, members: frozenset[str]) -> frozenset[str]:
        if not self._folded:
            return members
        both = {form for member in members for form in (member.lower(), member.upper()) if len(form) == 1}
        return members | both

    def _peek(self, size: int = 1) -> str:
        return self._text[self._place : self._place + size]

    def _take(self, size: int = 1) -> str:
        taken = self._peek(size)
        if len(taken) < size:
            raise UnsupportedPatternError(self._text)
        self._place += size
        return taken

    def _choice(self) -> Node:
        branches = [self._branch()]
        while self._peek() == "|":
            self._take()
            branches.append(self._branch())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _branch(self) -> Node:
        items: list[Node] = []
        while self._peek() not in ("", "|") and not (self._peek() == ")" and self._depth):
            items.append(self._quantified(self._atom()))
        return items[0] if len(items) == 1 else Concatenation(tuple(items))

    def _quantified(self, atom: Node) -> Node:
        bounds = self._bounds()
        if bounds is None:
            return atom
        if isinstance(atom, (Assertion, Look, LookBehind)):
            raise UnsupportedPatternError("a repeated constraint")
        if self._peek() == "?":
            self._take()
        if self._peek() and self._peek() in "*+?":
            raise UnsupportedPatternError("a repeated quantifier")
        return Repeat(atom, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if self._peek() in simple:
            return simple[self._take()]
        if self._peek() != "{" or not self._peek(2)[1:].isdigit():
            return None
        end = self._text.find("}", self._place)
        low, comma, high = self._text[self._place + 1 : end].partition(",")
        if end < 0 or not low.isdigit() or not (high == "" or high.isdigit()):
            raise UnsupportedPatternError(self._text)
        self._place = end + 1
        return int(low), (int(high) if high else None) if comma else int(low)

    def _atom(self) -> Node:
        character = self._take()
        match character:
            case "(":
                return self._group()
            case "[":
                return self._bracket()
            case ".":
                return Chars(self.alphabet())
            case "^":
                return Assertion(At.START)
            case "$":
                return Assertion(At.END)
            case "\\":
                return self._escape()
            case "*" | "+" | "?":
                raise UnsupportedPatternError("a quantifier without an atom")
            case "{" if self._peek().isdigit():
                raise UnsupportedPatternError("a quantifier without an atom")
        return self.one(character)

    def _group(self) -> Node:
        kind = self._peek(3) if self._peek(2) == "?<" else self._peek(2)
        if kind in ("?=", "?!", "?<=", "?<!", "?:"):
            self._take(len(kind))
        elif kind.startswith("?"):
            raise UnsupportedPatternError(kind)
        self._depth += 1
        inner = self._choice()
        self._depth -= 1
        if self._take() != ")":
            raise UnsupportedPatternError(self._text)
        if kind in ("?<=", "?<!"):
            return LookBehind(inner, kind == "?<!")
        return Look(inner, kind == "?!") if kind in ("?=", "?!") else inner

    def _escape(self) -> Node:
        character = self._take()
        if character in _PLACES:
            return Assertion(_PLACES[character])
        if character.lower() in _SHORTHAND:
            members = _SHORTHAND[character.lower()]
            return Chars(self.alphabet() - members if character.isupper() else members)
        return self.one(self._escaped(character))

    def _escaped(self, character: str) -> str:
        if character in _ESCAPES:
            return _ESCAPES[character]
        if character in "uU":
            return self._code(self._take(4 if character == "u" else 8))
        if character == "x":
            digits = ""
            while self._peek() and self._peek() in "0123456789abcdefABCDEF":
                digits += self._take()
            return self._code(digits)
        if character == "c":
            return chr(ord(self._take()) & 31)
        if character == "0":
            return "\0"
        if character.isalnum():
            raise UnsupportedPatternError("\\" + character)
        return character

    def _code(self, digits: str) -> str:
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError) as error:
            raise UnsupportedPatternError(digits) from error

    def _bracket(self) -> Node:
        for word, at in (("[:<:]]", At.WORD_START), ("[:>:]]", At.WORD_END)):
            if self._peek(len(word)) == word:
                self._take(len(word))
                return Assertion(at)
        negated = self._peek() == "^"
        if negated:
            self._take()
        members: set[str] = set()
        first = True
        while first or self._peek() != "]":
            first = False
            start = self._member()
            if isinstance(start, frozenset):
                members |= start
            elif self._peek() == "-" and self._peek(2) != "-]":
                self._take()
                end = self._member()
                if isinstance(end, frozenset) or ord(end) < ord(start):
                    raise UnsupportedPatternError(self._text)
                members |= self._range(start, end)
            else:
                members.add(start)
        self._take()
        self._mentioned |= members - PRINTABLE
        folded = self._fold(frozenset(members))
        return Chars(self.alphabet() - folded if negated else folded)

    def _range(self, start: str, end: str) -> set[str]:
        return set(map(chr, range(ord(start), min(ord(end), ord(start) + _MOST_OF_RANGE) + 1)))

    def _member(self) -> str | frozenset[str]:
        character = self._take()
        if character == "[" and self._peek() in (":", ".", "="):
            kind = self._take()
            end = self._text.find(kind + "]", self._place)
            if end < 0:
                raise UnsupportedPatternError(self._text)
            name = self._text[self._place : end]
            self._place = end + 2
            if kind == ":":
                if name not in _CLASSES:
                    raise UnsupportedPatternError(name)
                return _CLASSES[name]
            if len(name) != 1:
                raise UnsupportedPatternError(name)
            return name
        if character == "\\":
            escaped = self._take()
            if escaped.lower() in _SHORTHAND:
                members = _SHORTHAND[escaped.lower()]
                return self.alphabet() - members if escaped.isupper() else members
            return self._escaped(escaped)
        return character


class _LikeReader(_Reader):
    """A LIKE pattern."""

    def read(self) -> Node:
        """Return the tree of the whole text."""
        self._mention()
        items: list[Node] = []
        while self._peek():
            character = self._take()
            if character == "%":
                items.append(Repeat(Chars(self.alphabet()), 0, None))
            elif character == "_":
                items.append(Chars(self.alphabet()))
            else:
                items.append(self.one(self._take() if character == "\\" else character))
        return Concatenation(tuple(items))
