"""Progress events: what a long run tells whoever watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from seedfast.names import QualifiedName


@dataclass(frozen=True, slots=True)
class StageStarted:
    """A stage of the pipeline begins; ``stage`` is its verb, for example ``introspect`` or ``load``."""

    stage: str


@dataclass(frozen=True, slots=True)
class LoadStarted:
    """Loading begins; ``rows`` is the total over all tables."""

    rows: int


@dataclass(frozen=True, slots=True)
class RowsLoaded:
    """A batch of ``rows`` has been sent to ``table``."""

    table: QualifiedName
    rows: int


@dataclass(frozen=True, slots=True)
class ModelAsked:
    """A question goes to a ``model``, of about so many ``tokens``; ``about`` says what kind of question it is."""

    model: str
    about: str
    tokens: int


Event = StageStarted | LoadStarted | RowsLoaded | ModelAsked
Listener = Callable[[Event], None]


def ignore(event: Event) -> None:
    """Listen to nothing."""
