"""Whether text meets patterns, for whole columns at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from seedfast.constraints.automaton import Automaton

_DEAD = -1


class Recogniser:
    """Tells which texts are words of an automaton; a character outside its classes is in no word."""

    def __init__(self, automaton: Automaton) -> None:
        states = len(automaton.steps)
        # One more state than there are, for texts that no continuation can save.
        self._next = np.full((states + 1, 256), _DEAD, dtype=np.int32)
        for row, steps in enumerate(automaton.steps):
            for members, target in zip(automaton.classes, steps, strict=True):
                codes = [ord(character) for character in members if ord(character) < 128]
                self._next[row, codes] = target
        self._accepting = np.zeros(states + 1, dtype=np.bool_)
        self._accepting[list(automaton.accepting)] = True
        self._low, self._high = automaton.low, automaton.high

    def accepts(self, texts: pa.Array) -> npt.NDArray[np.bool_]:
        """Return, for an array of strings without nulls, which of them are words."""
        lengths = _integers(pc.binary_length(texts))
        states = np.zeros(len(texts), dtype=np.int32)
        raw = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)
        offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts)]
        fits = (lengths >= self._low) & (lengths <= self._high)
        for place in range(int(lengths[fits].max(initial=0))):
            rows = np.flatnonzero(fits & (lengths > place) & (states != _DEAD))
            states[rows] = self._next[states[rows], raw[offsets[rows].astype(np.int64) + place]]
        verdict: npt.NDArray[np.bool_] = fits & (states != _DEAD) & self._accepting[states]
        return verdict


def _integers(array: pa.Array) -> npt.NDArray[Any]:
    return np.asarray(array.to_numpy(zero_copy_only=False))
