"""The only package that joins the stages:

PostgreSQL -> catalog -> model -> constraints + semantics -> plan -> generate -> load -> verify -> report
"""

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
