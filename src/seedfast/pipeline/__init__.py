"""The only package that joins the stages:

PostgreSQL -> catalog -> model -> constraints + semantics -> plan -> generate -> load -> verify -> report

What it offers is imported when it is first asked for: a command that only plans takes in nothing of what loads.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seedfast.pipeline.admission import guard
    from seedfast.pipeline.assisting import shown_payload
    from seedfast.pipeline.inspection import check, survey
    from seedfast.pipeline.preparation import prepare, sample
    from seedfast.pipeline.request import LoadMode, Outcome, Prepared, Request, Survey, TableOutcome
    from seedfast.pipeline.run import execute
    from seedfast.pipeline.scoping import changed

__all__ = [
    "LoadMode",
    "Outcome",
    "Prepared",
    "Request",
    "Survey",
    "TableOutcome",
    "changed",
    "check",
    "execute",
    "guard",
    "prepare",
    "sample",
    "shown_payload",
    "survey",
]

_HOMES = {
    "LoadMode": "request",
    "Outcome": "request",
    "Prepared": "request",
    "Request": "request",
    "Survey": "request",
    "TableOutcome": "request",
    "changed": "scoping",
    "check": "inspection",
    "execute": "run",
    "guard": "admission",
    "prepare": "preparation",
    "sample": "preparation",
    "shown_payload": "assisting",
    "survey": "inspection",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
