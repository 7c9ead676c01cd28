"""A prepared run, whatever it is for."""

from __future__ import annotations

from seedfast.events import Listener, ignore
from seedfast.pipeline import execution
from seedfast.pipeline.request import Outcome, Prepared


def execute(prepared: Prepared, listener: Listener = ignore) -> Outcome:
    """Put the rows where the request wants them: all of them are there in the end, or nothing has changed."""
    if prepared.request.to is None:
        return execution.execute(prepared, listener)
    from seedfast.pipeline import writing

    return writing.write(prepared, listener)
