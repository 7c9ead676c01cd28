"""Whether text meets patterns, for whole columns at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.constraints.automaton import Automaton

_BYTES = 256


class Recogniser:
    """Tells which texts are words of an automaton; a character outside its classes is in no word."""

    def __init__(self, automaton: Automaton) -> None:
        # One more state than there are, for texts that no continuation can save; it leads to itself.
        dead = len(automaton.steps)
        following = np.full((dead + 1, _BYTES), dead, dtype=np.intp)
        for row, steps in enumerate(automaton.steps):
            for members, target in zip(automaton.classes, steps, strict=True):
                codes = [ord(character) for character in members if ord(character) < 128]
                following[row, codes] = target if target >= 0 else dead
        # A state is the place of its line in the table.
        self._next = (following * _BYTES).reshape(-1)
        self._accepting = np.zeros(dead + 1, dtype=np.bool_)
        self._accepting[list(automaton.accepting)] = True
        self._low, self._high = automaton.low, automaton.high

    def accepts(self, texts: pa.Array) -> npt.NDArray[np.bool_]:
        """Return, for an array of strings without nulls, which of them are words."""
        lengths = _integers(pc.binary_length(texts))
        raw = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)
        offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts)]
        fits = np.flatnonzero((lengths >= self._low) & (lengths <= self._high))
        # The longest first, so that those with a character at a place are always the first ones.
        rows = fits[np.argsort(-lengths[fits], kind="stable")]
        start, ends = offsets[rows].astype(np.intp), -lengths[rows].astype(np.int64)
        states = np.zeros(len(rows), dtype=np.intp)
        for place in range(-int(ends.min(initial=0))):
            longer = int(np.searchsorted(ends, -place, side="left"))
            states[:longer] = self._next[states[:longer] + raw[start[:longer] + place]]
        verdict = np.zeros(len(texts), dtype=np.bool_)
        verdict[rows] = self._accepting[states // _BYTES]
        return verdict


def _integers(array: pa.Array) -> npt.NDArray[Any]:
    return np.asarray(array.to_numpy(zero_copy_only=False))
