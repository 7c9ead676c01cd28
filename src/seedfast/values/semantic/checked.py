"""Codes whose check digit is right: those of SIM cards, devices, vehicles and securities."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values.columns import fixed_width
from seedfast.values.kind import Draw
from seedfast.values.semantic.codes import CodeGenerator

Letters = npt.NDArray[np.uint8]

_ZERO, _X = ord("0"), ord("X")
_VEHICLE = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
_WEIGHTS = np.array([8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2], dtype=np.int64)
_NINTH = 8


def _luhn(digits: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the check digit that follows each row of digits; rows may begin with -1 for none."""
    doubled = np.where(np.arange(digits.shape[1])[::-1] % 2 == 0, digits * 2, digits)
    summed = np.where(digits < 0, 0, doubled // 10 + doubled % 10).sum(axis=1)
    check: npt.NDArray[np.int64] = -summed % 10
    return check


def _with_luhn(codes: Letters) -> None:
    codes[:, -1] = _ZERO + _luhn(codes[:, :-1].astype(np.int64) - _ZERO)


def _with_security(codes: Letters) -> None:
    """Put in the check digit of an ISIN: Luhn's, of letters as numbers from 10 up."""
    values = np.array([int(chr(code), 36) if chr(code).isalnum() else 0 for code in range(128)], dtype=np.int64)
    spread = np.full((len(codes), 2 * codes.shape[1]), -1, dtype=np.int64)
    place = np.full(len(codes), spread.shape[1], dtype=np.int64)
    for column in range(codes.shape[1] - 2, -1, -1):
        value = values[codes[:, column]]
        place = place - 1
        spread[np.arange(len(codes)), place] = value % 10
        long = value >= 10
        place = np.where(long, place - 1, place)
        spread[np.flatnonzero(long), place[long]] = value[long] // 10
    codes[:, -1] = _ZERO + _luhn(spread)


def _with_vehicle(codes: Letters) -> None:
    values = np.zeros(256, dtype=np.int64)
    for letter, value in _VEHICLE.items():
        values[ord(letter)] = int(value)
    values[_ZERO : _ZERO + 10] = np.arange(10)
    rest = values[codes] @ _WEIGHTS % 11
    codes[:, _NINTH] = np.where(rest == 10, _X, _ZERO + rest)


CHECKS: Mapping[str, Callable[[Letters], None]] = {
    "luhn": _with_luhn,
    "isin": _with_security,
    "vin": _with_vehicle,
}
"""What puts the right check digit in the place of a 0, by name."""


class CheckedCodes(CodeGenerator):
    """Codes of a pattern, with a check digit in the place that the pattern keeps for it."""

    def __init__(self, pattern: str, check: str, **given: Any) -> None:
        super().__init__(pattern, **given)
        self._check = CHECKS[check]

    def values(self, draw: Draw) -> pa.Array:
        """Return a code per row."""
        return self._checked(super().values(draw))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return codes that differ without their check digits."""
        return self._checked(super().at(index, draw))

    def _checked(self, codes: pa.Array) -> pa.Array:
        if not len(codes):
            return codes
        width = len(self._places)
        # All codes are as long: a buffer of their characters is a matrix of them.
        made = np.frombuffer(codes.buffers()[2], dtype=np.uint8, count=len(codes) * width).reshape(-1, width).copy()
        self._check(made)
        return fixed_width(made)
