"""The ways that lead to an error in a PL/pgSQL function: under which conditions it raises, read from its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\$(\w*)\$.*?\$\1\$|[\w.]+|\S", re.DOTALL)
_MILD = frozenset({"DEBUG", "LOG", "INFO", "NOTICE", "WARNING"})
"""Levels of messages that are no errors."""


@dataclass(frozen=True, slots=True)
class Path:
    """What holds where an error is raised: the ``test`` that leads to it, and the conditions ``before`` that one.

    Conditions are SQL, as they stand in the source; ``before`` are those that hold around the test, denied where it is
    behind an ELSE or after what returned.
    """

    test: str
    before: tuple[str, ...]


@dataclass(slots=True)
class _Frame:
    """A statement that others are in: ``passed`` are its tests that were not met, ``test`` is the one that was.

    A loop's is its head, which isn't read: how often its body runs isn't known. What handles an error is behind the
    name of that. ``operand`` is what a CASE compares, "" where it compares nothing.
    """

    test: str = ""
    passed: list[str] = field(default_factory=list)
    operand: str = ""

    def conditions(self) -> tuple[str, ...]:
        """Return what holds within the statement."""
        return (*(f"NOT ({one})" for one in self.passed), *([self.test] if self.test else []))


def paths(source: str) -> Iterator[Path]:
    """Yield the ways to the errors that a function raises under a condition; ``source`` is without comments."""
    yield from _Scanner(source).paths()


class _Scanner:
    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = list(_TOKEN.finditer(source))
        self._at = 0
        self._frames: list[_Frame] = []
        self._returned: list[str] = []

    def paths(self) -> Iterator[Path]:
        while self._at < len(self._tokens):
            word = self._word()
            if word == "IF":
                self._frames.append(_Frame(self._until("THEN")))
            elif word == "CASE":
                self._frames.append(_Frame(operand=self._until("WHEN", stay=True)))
            elif word in ("ELSIF", "ELSEIF", "ELSE", "WHEN") and self._frames:
                self._other(word)
            elif word in ("FOR", "FOREACH", "WHILE", "LOOP"):
                self._frames.append(_Frame(word if word == "LOOP" else self._until("LOOP")))
            elif word == "BEGIN":
                self._frames.append(_Frame())
            elif word == "END":
                if self._frames:
                    self._frames.pop()
                if not self._frames:
                    self._returned = []
                self._until(";")
            elif word == "RAISE":
                severe = self._peek() not in _MILD
                if severe and (found := self._path()) is not None:
                    yield found
                self._until(";")
            elif word == "RETURN":
                if self._peek() not in ("NEXT", "QUERY"):
                    self._leave()
                self._until(";")
            elif word not in ("DECLARE", "EXCEPTION", ";"):
                self._until(";")

    def _other(self, word: str) -> None:
        """Go on to the next arm of a statement."""
        frame = self._frames[-1]
        if frame.test:
            frame.passed.append(frame.test)
        frame.test = ""
        if word != "ELSE":
            told = self._until("THEN")
            frame.test = f"{frame.operand} IN ({told})" if frame.operand else told

    def _path(self) -> Path | None:
        """Return the way to where the scanner is, None where nothing tests anything on it."""
        tested = [n for n, frame in enumerate(self._frames) if frame.conditions()]
        if not tested:
            return None
        *around, test = (one for n in tested for one in self._frames[n].conditions())
        return Path(test, (*self._returned, *around))

    def _leave(self) -> None:
        """Keep in mind that what comes next isn't reached under the conditions that hold here."""
        held = [one for frame in self._frames for one in frame.conditions()]
        if held:
            self._returned.append(f"NOT ({' AND '.join(f'({one})' for one in held)})")

    def _word(self) -> str:
        word = self._tokens[self._at].group().upper()
        self._at += 1
        return word

    def _peek(self) -> str:
        return self._tokens[self._at].group().upper() if self._at < len(self._tokens) else ""

    def _until(self, word: str, *, stay: bool = False) -> str:
        """Return the source up to a word outside of parentheses and CASE expressions, and go behind it.

        With ``stay`` the scanner stops before the word.
        """
        begin = self._tokens[self._at].start() if self._at < len(self._tokens) else len(self._source)
        depth = 0
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            said = token.group().upper()
            if depth == 0 and said == word:
                self._at += not stay
                return self._source[begin : token.start()].strip()
            depth += (said in ("(", "CASE")) - (said == ")" or (said == "END" and depth > 0))
            self._at += 1
        return self._source[begin:].strip()
