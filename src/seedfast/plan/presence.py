"""Texts that a state of the parent leaves behind: the tracking number of a line whose order was shipped."""

from __future__ import annotations

from seedfast.constraints.domain import Nullness
from seedfast.model.table import Column
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import known, look_up
from seedfast.plan.spec import GeneratorPlan, Pick, Status
from seedfast.semantics.lives import Told, lives
from seedfast.semantics.order import trimmed
from seedfast.semantics.words import words

_TEXTS = frozenset({"text", "varchar", "bpchar", "citext"})
_MOMENTS = frozenset({"date", "timestamp", "timestamptz"})


def follow_stages(draft: Draft, drafts: Drafts) -> None:
    """Leave texts out that come with a stage which a row's parent hasn't reached, as the parent's moment tells."""
    for column in draft.table.columns:
        plans = draft.generators.get(column.name, ())
        kinds = {one.kind for one in plans}
        if not plans or not _may_be_absent(draft, column) or not kinds.isdisjoint({"null", "relative.equal"}):
            continue
        for reference in draft.references.values():
            parent = drafts[reference.parent]
            told = _moment(column, parent)
            if told is None or parent.name == draft.name or reference.pick is Pick.HOME or not known(parent, told):
                continue
            beside = look_up(draft, reference, told)
            draft.generators[column.name] = tuple(
                GeneratorPlan("present.with", {"kind": one.kind, "params": one.params, "column": beside})
                for one in plans
            )
            draft.reasons[column.name] = f"{draft.reasons.get(column.name, '')}; once {parent.name} has {told}"
            break


def _may_be_absent(draft: Draft, column: Column) -> bool:
    unique = any(column.name in key.columns for key in draft.table.unique_keys)
    plain = column.type.storage.name in _TEXTS and column.nullable and not unique
    apart = column.name not in draft.overrides and column.name not in draft.referenced
    if not (plain and apart and all(one.nullness is Nullness.MAYBE for one in draft.domains(column.name))):
        return False
    own = {trimmed(words(one.name)) for one in draft.table.columns if one.type.storage.name in _MOMENTS}
    said = words(column.name)
    return not any(said in stage.texts and own & stage.moments for life in lives() for stage in life.stages)


def _moment(column: Column, parent: Draft) -> str | None:
    """Return the parent's moment that tells whether a stage was reached which leaves the column behind."""
    if parent.status not in (Status.FILL, Status.PARENT):
        return None
    said = words(column.name)
    path = [stage for life in lives() for stage in life.stages[: life.path]]
    left = [stage for stage in path if any(said[-len(text) :] == text for text in stage.texts)]
    names = {name for stage in left for name in stage.names(Told.MOMENT)}
    moments = (one for one in parent.table.columns if one.type.storage.name in _MOMENTS and one.nullable)
    return next((one.name for one in moments if trimmed(words(one.name)) in names), None)
