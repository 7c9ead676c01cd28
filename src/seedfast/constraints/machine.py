"""Automata over pattern trees: nondeterministic ones by Thompson, made deterministic as far as they are walked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from seedfast.constraints.domain import Pattern
from seedfast.constraints.regex import (
    WORD,
    Assertion,
    At,
    Chars,
    Choice,
    Concatenation,
    Look,
    LookBehind,
    Node,
    Repeat,
    UnsupportedPatternError,
    read_pattern,
)

_MOST_NODES = 20_000
_MOST_STATES = 6_000

# What stands before or behind a place.
_EDGE, _IN_WORD, _OUTSIDE = 0, 1, 2

Prefer = Callable[[frozenset[str]], frozenset[str]]
"""Chooses among the members of a set the ones to use."""


class Alphabet:
    """Characters in classes whose members no pattern tells apart; ``classes`` are strings, ``place`` finds a class."""

    def __init__(self, characters: frozenset[str], sets: Iterable[frozenset[str]]) -> None:
        signatures: dict[tuple[bool, ...], list[str]] = {}
        telling = [WORD, *dict.fromkeys(sets)]
        for character in sorted(characters):
            signatures.setdefault(tuple(character in members for members in telling), []).append(character)
        self.classes = tuple("".join(members) for members in signatures.values())
        self.in_word = tuple(members[0] in WORD for members in self.classes)
        self.place = {character: n for n, members in enumerate(self.classes) for character in members}

    def numbers(self, members: frozenset[str]) -> frozenset[int]:
        """Return the classes that make up a set."""
        return frozenset(self.place[character] for character in members if character in self.place)


def character_sets(node: Node, prefer: Prefer) -> set[frozenset[str]]:
    """Return every set of characters that a tree tells apart, those below a look-ahead as they are."""
    match node:
        case Chars(members):
            return {members, prefer(members)}
        case Concatenation(items) | Choice(items):
            return {members for item in items for members in character_sets(item, prefer)}
        case Repeat(item) | Look(item) | LookBehind(item):
            return character_sets(item, prefer)
    return set()


_Config = tuple[int, frozenset[tuple[int, int]]]
_Key = tuple[int, frozenset[_Config], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Ahead:
    look: int


@dataclass(frozen=True, slots=True)
class _Behind:
    look: int


_Condition = At | _Ahead | _Behind | None
_DEAD, _MATCHED = 0, 1


class Machine:
    """A deterministic automaton over an alphabet's classes, with states made as they are reached.

    State 0 is dead. With ``prefix`` it is enough that some beginning matches: state 1 then accepts whatever follows.
    """

    def __init__(self, tree: Node, alphabet: Alphabet, prefer: Prefer | None = None, *, prefix: bool = False) -> None:
        self._alphabet = alphabet
        self._prefer = prefer
        self._prefix = prefix
        self._edges: list[list[tuple[int, _Condition]]] = []
        self._reads: list[tuple[frozenset[int], int] | None] = []
        self._looks: list[tuple[Machine, bool]] = []
        self._looks_behind: list[tuple[Machine, bool]] = []
        self._final = self._node()
        self._first = self._build(tree, self._final)
        self._keys: list[_Key] = [(_EDGE, frozenset(), ()), (_EDGE, frozenset({(-1, frozenset())}), ())]
        self._numbers: dict[_Key, int] = {key: n for n, key in enumerate(self._keys)}
        self._steps: dict[tuple[int, int], int] = {}

    # ------------------------------------------------------------------ building

    def _node(self) -> int:
        if len(self._edges) >= _MOST_NODES:
            raise UnsupportedPatternError("too large")
        self._edges.append([])
        self._reads.append(None)
        return len(self._edges) - 1

    def _build(self, node: Node, then: int) -> int:
        """Return the node from which ``node`` leads to ``then``."""
        match node:
            case Chars(members):
                start = self._node()
                chosen = self._prefer(members) if self._prefer is not None else members
                self._reads[start] = (self._alphabet.numbers(chosen), then)
                return start
            case Concatenation(items):
                for item in reversed(items):
                    then = self._build(item, then)
                return then
            case Choice(items):
                return self._fork([(self._build(item, then), None) for item in items])
            case Repeat(item, low, high):
                return self._repeat(item, low, high, then)
            case Assertion(at):
                return self._fork([(then, at)])
            case Look(item, negated):
                self._looks.append((Machine(item, self._alphabet, prefix=True), negated))
                return self._fork([(then, _Ahead(len(self._looks) - 1))])
            case LookBehind(item, negated):
                if self._prefix:
                    raise UnsupportedPatternError("a look behind in a look ahead")
                anything = Repeat(Chars(frozenset(self._alphabet.place)), 0, None)
                self._looks_behind.append((Machine(Concatenation((anything, item)), self._alphabet), negated))
                return self._fork([(then, _Behind(len(self._looks_behind) - 1))])

    def _fork(self, edges: list[tuple[int, _Condition]]) -> int:
        start = self._node()
        self._edges[start] = edges
        return start

    def _repeat(self, item: Node, low: int, high: int | None, then: int) -> int:
        if high is None:
            loop = self._node()
            self._edges[loop] = [(self._build(item, loop), None), (then, None)]
            then = loop
        else:
            end = then
            for _ in range(high - low):
                then = self._fork([(self._build(item, then), None), (end, None)])
        for _ in range(low):
            then = self._build(item, then)
        return then

    # ------------------------------------------------------------------ walking

    def start(self, before: int = _EDGE) -> int:
        """Return the first state; ``before`` says what stands before the text."""
        seen = tuple(machine.start(before) for machine, _ in self._looks_behind)
        return self._number((before, frozenset({(self._first, frozenset())}), seen))

    def step(self, state: int, letter: int) -> int:
        """Return the state after a character of the class ``letter``."""
        if state in (_DEAD, _MATCHED):
            return state
        known = self._steps.get((state, letter))
        if known is None:
            known = self._steps[state, letter] = self._step(state, letter)
        return known

    def accepts(self, state: int) -> bool:
        """Return whether the text may end here."""
        if state in (_DEAD, _MATCHED):
            return state == _MATCHED
        return any(
            node == self._final and all(self._kept(look, inner) for look, inner in duties)
            for node, duties in self._closure(self._keys[state], _EDGE)
        )

    def _kept(self, look: int, inner: int) -> bool:
        machine, negated = self._looks[look]
        return machine.accepts(inner) is not negated

    def _step(self, state: int, letter: int) -> int:
        behind = _IN_WORD if self._alphabet.in_word[letter] else _OUTSIDE
        reached: set[_Config] = set()
        for node, duties in self._closure(self._keys[state], behind):
            if node == self._final and self._prefix and not duties:
                return _MATCHED
            read = self._reads[node]
            if read is not None and letter in read[0]:
                carried = self._carried(duties, letter)
                if carried is not None:
                    reached.add((read[1], carried))
        if not reached:
            return _DEAD
        seen = self._keys[state][2]
        seen = tuple(machine.step(inner, letter) for (machine, _), inner in zip(self._looks_behind, seen, strict=True))
        return self._number((behind, frozenset(reached), seen))

    def _carried(self, duties: frozenset[tuple[int, int]], letter: int) -> frozenset[tuple[int, int]] | None:
        """Return what look-aheads still ask for after a character, or None where one has failed."""
        kept: set[tuple[int, int]] = set()
        for look, inner in duties:
            machine, negated = self._looks[look]
            after = machine.step(inner, letter)
            if after == (_MATCHED if negated else _DEAD):
                return None
            if after != (_DEAD if negated else _MATCHED):
                kept.add((look, after))
        return frozenset(kept)

    def _closure(self, key: _Key, behind: int) -> set[_Config]:
        before, configs, seen = key
        reached: set[_Config] = set(configs)
        waiting = list(configs)
        while waiting:
            node, duties = waiting.pop()
            for target, condition in self._edges[node]:
                if isinstance(condition, At) and not _holds(condition, before, behind):
                    continue
                if isinstance(condition, _Behind):
                    machine, negated = self._looks_behind[condition.look]
                    if machine.accepts(seen[condition.look]) is negated:
                        continue
                if isinstance(condition, _Ahead):
                    machine, _ = self._looks[condition.look]
                    item: _Config = (target, duties | {(condition.look, machine.start(before))})
                else:
                    item = (target, duties)
                if item not in reached:
                    reached.add(item)
                    waiting.append(item)
        return reached

    def _number(self, key: _Key) -> int:
        found = self._numbers.get(key)
        if found is None:
            if len(self._keys) >= _MOST_STATES:
                raise UnsupportedPatternError("too many states")
            found = self._numbers[key] = len(self._keys)
            self._keys.append(key)
        return found


def _holds(at: At, before: int, behind: int) -> bool:
    match at:
        case At.START:
            return before == _EDGE
        case At.END:
            return behind == _EDGE
        case At.WORD_START:
            return before != _IN_WORD and behind == _IN_WORD
        case At.WORD_END:
            return before == _IN_WORD and behind != _IN_WORD
        case At.WORD_EDGE:
            return (before == _IN_WORD) is not (behind == _IN_WORD)
        case At.NO_WORD_EDGE:
            return (before == _IN_WORD) is (behind == _IN_WORD)


def surrounded(tree: Node, characters: frozenset[str]) -> Node:
    """Return the tree with anything around it."""
    filler = Repeat(Chars(characters), 0, None)
    return Concatenation((filler, tree, filler))


@lru_cache(maxsize=4096)
def matches(pattern: Pattern, text: str) -> bool | None:
    """Return whether the text meets the pattern as PostgreSQL would find, None where the pattern isn't understood."""
    try:
        tree, characters = read_pattern(pattern.form, pattern.pattern, pattern.folded, frozenset(text))
        whole = surrounded(tree, characters)
        alphabet = Alphabet(characters, character_sets(whole, lambda members: members))
        machine = Machine(whole, alphabet)
        state = machine.start()
        for character in text:
            state = machine.step(state, alphabet.place[character])
        return machine.accepts(state) is not pattern.negated
    except (UnsupportedPatternError, RecursionError):
        return None
