"""What a column means: a kind of value by name, its parameters, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Meaning:
    """One reading of a column. ``confidence`` is out of 1,000; ``reason`` is for people.

    ``null_permille`` says how many rows of 1,000 would be NULL, where the column may be; None: no opinion.
    """

    kind: str
    params: Mapping[str, Any] = field(default_factory=dict)
    confidence: int = 0
    reason: str = ""
    null_permille: int | None = None
