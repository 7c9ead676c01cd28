"""Text between two bounds as a pattern that only texts meet which lie there in whatever collation."""

from __future__ import annotations

import re

from seedfast.constraints.branches import ORDERED_CHARACTERS, shared_start
from seedfast.constraints.domain import Bound, Domain, Pattern
from seedfast.constraints.predicate import PatternForm


def between(domain: Domain) -> tuple[Pattern, ...]:
    """Return the pattern of the texts that certainly lie within a domain's bounds; none where it has no such bounds.

    What decides is the first character that differs from a bound's: it is of the same class, and further on. No pattern
    is returned where no text is that certain.
    """
    low, high = _text(domain.low), _text(domain.high)
    if low is None and high is None:
        return ()
    heads = _heads(low, high)
    if low and domain.low is not None:
        # What goes on from the lower bound lies behind it, unless the upper one goes on from there, too.
        inside = "" if high is not None and high.startswith(low) else ".*" if domain.low.inclusive else ".+"
        heads += [re.escape(low) + inside] if inside or domain.low.inclusive else []
    return (Pattern(PatternForm.REGEX, f"^({'|'.join(heads)})$"),) if heads else ()


def _text(bound: Bound | None) -> str | None:
    return bound.value if bound is not None and isinstance(bound.value, str) else None


def _heads(low: str | None, high: str | None) -> list[str]:
    """Return patterns of texts that differ from both bounds."""
    start, end = low or "", high or ""
    shared = shared_start(start, end) if low and high else 0
    found = []
    if low and high and shared < min(len(start), len(end)):
        found.append((start[:shared], _after(start[shared]) & _before(end[shared])))
    # After the first difference from one bound, only that bound counts.
    lower, upper = (shared + 1 if high else 0), (shared + 1 if low and shared < len(start) else shared)
    found += [(start[:place], _after(start[place])) for place in range(lower, len(start))]
    found += [(end[:place], _before(end[place])) for place in range(upper, len(end))]
    return [f"{re.escape(head)}[{''.join(sorted(letters))}].*" for head, letters in found if letters]


def _after(character: str) -> set[str]:
    return {each for one in ORDERED_CHARACTERS if character in one for each in one[one.index(character) + 1 :]}


def _before(character: str) -> set[str]:
    return {each for one in ORDERED_CHARACTERS if character in one for each in one[: one.index(character)]}
