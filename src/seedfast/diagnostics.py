"""Findings: what was not understood, not honoured or not filled, said by name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an ``error`` makes a gap, a ``warning`` may, an ``info`` never does."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One judgement about the schema, the request or the run.

    ``code`` is stable and documented (``seedfast explain CODE``); ``where`` is a qualified table, column or constraint.
    ``constraints`` are those of which none could be left out, where a set of them is the reason.
    """

    code: str
    severity: Severity
    where: str
    message: str
    hint: str = ""
    constraints: tuple[str, ...] = ()
