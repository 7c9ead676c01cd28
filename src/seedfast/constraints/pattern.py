"""Text that meets several patterns at once: a finite automaton whose words are numbered, so that any can be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from seedfast.constraints.automaton import CAP, LARGE, Automaton
from seedfast.constraints.domain import Canonical, Domain, Pattern
from seedfast.constraints.machine import Alphabet, Machine, Prefer, character_sets, surrounded
from seedfast.constraints.predicate import PatternForm
from seedfast.constraints.regex import (
    DIGITS,
    EMPTY,
    LOWER,
    UPPER,
    Chars,
    Choice,
    Concatenation,
    Node,
    Repeat,
    UnsupportedPatternError,
    read_pattern,
)
from seedfast.constraints.rewrite import escape_like

_MOST_PRODUCT = 6_000
_MOST_CELLS = 8_000_000
_LONGEST = 64
_ANY = 1 << 20
_ROOM = 24
_WIDE = 12


def compile_pattern(
    patterns: Sequence[Pattern],
    *,
    min_length: int | None = None,
    max_length: int | None = None,
    folded_distinct: bool = False,
    enough: int = 256,
) -> Automaton | None:
    """Return an automaton of strings that meet every pattern and have so many characters; None where none is found.

    Readable strings are preferred, by stages: first letters and digits with nothing around the match, last every
    printable character. The first stage with ``enough`` strings is taken, else the one with the most.
    With ``folded_distinct`` no two of the strings differ in case only.
    """
    best: Automaton | None = None
    for around, prefer in _STAGES:
        try:
            found = _compile(patterns, prefer, around, (min_length or 0, max_length), folded_distinct, enough)
        except (UnsupportedPatternError, RecursionError):
            continue
        if found is not None and (best is None or found.capacity > best.capacity):
            best = found
        if best is not None and best.capacity >= enough:
            break
    return best


def compile_recogniser(
    patterns: Sequence[Pattern], *, min_length: int | None = None, max_length: int | None = None
) -> Automaton | None:
    """Return the automaton of all strings of printable ASCII that meet every pattern; None where none is found."""
    try:
        found = _compile(patterns, _anything, _Around.ANYTHING, (min_length or 0, max_length), False, CAP)
    except (UnsupportedPatternError, RecursionError):
        return None
    # Only making words needs their lengths to be few.
    return found and replace(found, low=min_length or 0, high=_ANY if max_length is None else max_length)


# One character of each sort that isn't printable ASCII: where none of them fits a place, others won't either.
_ELSEWHERE = frozenset("\t\n\x01\u00a0\u00e9\u00c9\u0663\u4e2d\u20ac\U0001f600")


@lru_cache(maxsize=1024)
def unmatched(patterns: tuple[Pattern, ...], low: int, high: int | None) -> bool:
    """Tell whether certainly no string of ``low`` to ``high`` characters meets every pattern."""
    characters = _ELSEWHERE
    try:
        for pattern in patterns:
            characters |= read_pattern(pattern.form, pattern.pattern, pattern.folded)[1]
        trees = [read_pattern(p.form, p.pattern, p.folded, characters)[0] for p in patterns]
        around = [surrounded(tree, characters) for tree in trees]
        alphabet = Alphabet(characters, [members for tree in around for members in character_sets(tree, _as_is)])
        machines = [Machine(tree, alphabet) for tree in around]
        wanted = [machine for machine, pattern in zip(machines, patterns, strict=True) if not pattern.negated]
        unwanted = [machine for machine, pattern in zip(machines, patterns, strict=True) if pattern.negated]
        table = _product(wanted, unwanted, alphabet)
    except (UnsupportedPatternError, RecursionError):
        return False
    return table is None or _shortest(table, low, high) is None


class _Around(StrEnum):
    """What may stand around the match of a regular expression."""

    NOTHING = "nothing"
    LETTERS = "letters"
    WORDS = "words"
    ANYTHING = "anything"


def patterns_of(domain: Domain) -> tuple[Pattern, ...]:
    """Return everything that a domain asks of text, its length aside, as patterns."""
    made = list(domain.patterns)
    canonical = {Canonical.LOWER: "[A-Z]", Canonical.UPPER: "[a-z]", Canonical.TRIMMED: "^ | $"}
    made += [Pattern(PatternForm.REGEX, canonical[form], negated=True) for form in sorted(domain.canonical)]
    if domain.not_blank:
        made.append(Pattern(PatternForm.REGEX, "[^ ]"))
    excluded = [value for value in domain.excluded if isinstance(value, str)]
    made += [Pattern(PatternForm.LIKE, escape_like(value), negated=True) for value in excluded]
    return tuple(made)


def _plain(members: frozenset[str]) -> frozenset[str]:
    lower, upper, digits = members & LOWER, members & UPPER, members & DIGITS
    if len(members - LOWER - UPPER - DIGITS) >= _WIDE:
        return lower or upper or digits or members
    return (lower or upper) | digits or members


def _alphanumeric(members: frozenset[str]) -> frozenset[str]:
    return members & (LOWER | UPPER | DIGITS) or members


def _anything(members: frozenset[str]) -> frozenset[str]:
    return members


def _as_is(members: frozenset[str]) -> frozenset[str]:
    return members


_STAGES: tuple[tuple[_Around, Prefer], ...] = (
    (_Around.NOTHING, _plain),
    (_Around.LETTERS, _plain),
    (_Around.WORDS, _plain),
    (_Around.ANYTHING, _alphanumeric),
    (_Around.ANYTHING, _anything),
)


@dataclass(frozen=True, slots=True)
class _Table:
    """A deterministic automaton: ``steps[state][class]`` is a state or -1, state 0 the first."""

    classes: tuple[str, ...]
    steps: npt.NDArray[np.int64]
    accepting: npt.NDArray[np.bool_]


def _compile(
    patterns: Sequence[Pattern],
    prefer: Prefer,
    around: _Around,
    lengths: tuple[int, int | None],
    folded: bool,
    enough: int,
) -> Automaton | None:
    characters: frozenset[str] = frozenset()
    for pattern in patterns:
        characters |= read_pattern(pattern.form, pattern.pattern, pattern.folded)[1]
    wanted: list[Node] = []
    unwanted: list[Node] = []
    for pattern in patterns:
        tree, characters = read_pattern(pattern.form, pattern.pattern, pattern.folded, characters)
        if pattern.negated:
            unwanted.append(surrounded(tree, characters))
        else:
            wanted.append(_shortened(_within(tree, around, characters)))
    if not wanted:
        _, characters = read_pattern(PatternForm.LIKE, "", known=characters)
        wanted = [Repeat(Chars(characters), 0, None)]
    sets = [members for tree in wanted for members in character_sets(tree, prefer)]
    sets += [members for tree in unwanted for members in character_sets(tree, _as_is)]
    if folded:
        sets += [LOWER, UPPER, *(frozenset(c.swapcase() for c in members) for members in list(sets))]
    alphabet = Alphabet(characters, sets)
    machines = [Machine(tree, alphabet, prefer) for tree in wanted]
    table = _product(machines, [Machine(tree, alphabet) for tree in unwanted], alphabet)
    return None if table is None else _bounded(table, lengths, folded, enough)


def _within(tree: Node, around: _Around, characters: frozenset[str]) -> Node:
    letters = Repeat(Chars(LOWER), 0, None)
    match around:
        case _Around.NOTHING:
            return tree
        case _Around.LETTERS:
            return Concatenation((letters, tree, letters))
        case _Around.WORDS:
            space = Chars(frozenset(" "))
            before = Choice((EMPTY, Concatenation((Chars(LOWER), letters, space))))
            behind = Choice((EMPTY, Concatenation((space, Chars(LOWER), letters))))
            return Concatenation((before, tree, behind))
        case _Around.ANYTHING:
            return surrounded(tree, characters)


def _shortened(node: Node) -> Node:
    """Return a tree of fewer, shorter strings, for a pattern that allows very many repetitions."""
    match node:
        case Repeat(item, low, high):
            return Repeat(_shortened(item), low, high if high is None else min(high, low + 2 * _ROOM))
        case Concatenation(items):
            return Concatenation(tuple(_shortened(item) for item in items))
        case Choice(items):
            return Choice(tuple(_shortened(item) for item in items))
    return node


def _product(wanted: list[Machine], unwanted: list[Machine], alphabet: Alphabet) -> _Table | None:
    """Return the automaton of what all of ``wanted`` and none of ``unwanted`` accept, dead ends cut off."""
    machines = [*wanted, *unwanted]
    start = tuple(machine.start() for machine in machines)
    numbers = {start: 0}
    order = [start]
    rows: list[list[int]] = []
    letters = range(len(alphabet.classes))
    for state in order:
        row: list[int] = []
        for letter in letters:
            after = tuple(machine.step(part, letter) for machine, part in zip(machines, state, strict=True))
            if 0 in after[: len(wanted)]:
                row.append(-1)
                continue
            if after not in numbers:
                if len(order) >= _MOST_PRODUCT:
                    raise UnsupportedPatternError("too many states")
                numbers[after] = len(order)
                order.append(after)
            row.append(numbers[after])
        rows.append(row)
    good = [
        all(machine.accepts(part) for machine, part in zip(wanted, state, strict=False))
        and not any(m.accepts(part) for m, part in zip(unwanted, state[len(wanted) :], strict=True))
        for state in order
    ]
    return _trimmed(alphabet.classes, np.array(rows, dtype=np.int64), np.array(good))


def _trimmed(classes: tuple[str, ...], steps: npt.NDArray[np.int64], accepting: npt.NDArray[np.bool_]) -> _Table | None:
    """Return the automaton without states from which nothing is accepted and without classes never used."""
    alive = accepting.copy()
    while True:
        more = alive | np.where(steps >= 0, alive[steps], False).any(axis=1)
        if (more == alive).all():
            break
        alive = more
    if not alive[0]:
        return None
    places = np.where(alive, np.cumsum(alive) - 1, -1)
    kept = np.where(steps >= 0, places[steps], -1)[alive]
    used = np.flatnonzero((kept >= 0).any(axis=0))
    return _Table(tuple(classes[n] for n in used), kept[:, used], accepting[alive])


def _bounded(table: _Table, lengths: tuple[int, int | None], folded: bool, enough: int) -> Automaton | None:
    """Return the automaton with the lengths to use: moderate ones where they are enough."""
    low, high = lengths
    shortest = _shortest(table, low, high)
    if shortest is None:
        return None
    longest = shortest + _ROOM if high is None else min(high, shortest + _ROOM)
    if high is None and low == 0:
        longest = min(longest, max(shortest, _LONGEST))
    longest = _longest(table, longest)
    first = max(shortest, min(4, longest))
    moderate = _automaton(table, first, min(longest, first + 11), folded)
    if moderate is not None and moderate.capacity >= max(enough, LARGE):
        return moderate
    full = _automaton(table, max(shortest, 1), longest, folded) or _automaton(table, shortest, longest, folded)
    if moderate is not None and full is not None and moderate.capacity >= enough and first == shortest:
        return moderate
    return full


def _automaton(table: _Table, low: int, high: int, folded: bool) -> Automaton | None:
    if low > high or table.steps.size * (high + 1) > _MOST_CELLS:
        return None
    made = Automaton(
        classes=table.classes,
        steps=tuple(tuple(int(n) for n in row) for row in table.steps),
        accepting=tuple(int(n) for n in np.flatnonzero(table.accepting)),
        low=low,
        high=high,
        folded=folded,
    )
    return made if made.capacity else None


def _longest(table: _Table, high: int) -> int:
    """Return the greatest length up to ``high`` that is accepted."""
    reached = np.zeros(len(table.accepting), dtype=np.bool_)
    reached[0] = True
    found = 0
    for length in range(high + 1):
        if bool((reached & table.accepting).any()):
            found = length
        reached = _after(table, reached)
    return found


def _after(table: _Table, states: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return the states one character after any of ``states``."""
    targets = table.steps[states]
    reached = np.zeros_like(states)
    reached[targets[targets >= 0]] = True
    return reached


def _shortest(table: _Table, low: int, high: int | None) -> int | None:
    """Return the smallest length of at least ``low`` that is accepted; None where there is none up to ``high``."""
    reached = np.zeros(len(table.accepting), dtype=np.bool_)
    reached[0] = True
    for length in range(min(high if high is not None else 1 << 62, low + len(reached) + 4096) + 1):
        if length >= low and bool((reached & table.accepting).any()):
            return length
        reached = _after(table, reached)
        if not reached.any():
            return None
    return None
