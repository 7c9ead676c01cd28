"""So many rows with a value for each parent: its first rows take the branches that hold the value, no others do."""

from __future__ import annotations

from dataclasses import replace

from seedfast.diagnostics import Finding, Severity
from seedfast.names import shown
from seedfast.plan.draft import Draft
from seedfast.plan.options import Figure, Options
from seedfast.plan.quotas import OUTCOME, typed
from seedfast.plan.spec import Aggregate, Apiece, ReferencePlan
from seedfast.plan.units import depends

_ALL = 1000


def count_out(draft: Draft, options: Options) -> None:
    """Let each parent have its number of rows with a value; what stands in the way is a finding."""
    for figure in options.figures:
        if figure.table == draft.name and figure.aggregate is Aggregate.COUNT and figure.per is not None:
            ((column, value),) = figure.where.items()
            why = _counted(draft, figure, column, value)
            if why:
                where = f"{draft.name}.{shown(column)}"
                message = f"{figure.written} can't come out exactly: {why}."
                hint = f"`seedfast explain {where}` shows where its values come from."
                draft.findings.append(Finding(OUTCOME, Severity.ERROR, where, message, hint))


def _counted(draft: Draft, figure: Figure, column: str, value: str) -> str:
    """Plan one number per parent; return why it can't be, "" where it can."""
    # How many rows have the value follows from the parents, not from a share.
    draft.quotas = {name: groups for name, groups in draft.quotas.items() if name != column}
    reference = next((one for one in draft.references.values() if one.parent == figure.per), None)
    if reference is None:
        return f"no foreign key leads from {draft.name} to {figure.per}"
    if draft.apiece is not None:
        return "another number per parent is asked for of the same rows"
    held = typed(draft.table.column(column).type, value)
    having = tuple(number for number, branch in enumerate(draft.branches) if branch.domain(column).allowed == (held,))
    reserved = [number for number in having if draft.branch_plans[number].reserved]
    if reserved:
        return _foremost(draft, reference, reserved, int(figure.value))
    if not having or column in draft.owners:
        return f"no row can be known to hold {value} in {column}"
    if not _settled(draft, reference):
        return f"{reference.name} picks its parents by what their rows hold: {reference.reason}"
    if any(key.shares for key in draft.keys):
        return "a unique key decides which rows hold which values"
    draft.apiece = Apiece(reference.name, int(figure.value), having)
    return ""


def _foremost(draft: Draft, reference: ReferencePlan, branches: list[int], count: int) -> str:
    """Let every parent have the one row that a unique key leaves it."""
    if count != 1:
        return "a unique key decides which rows hold which values"
    # Where that isn't all of the parents the count of all rows tells.
    draft.branch_plans = tuple(
        replace(plan, weight=_ALL) if number in branches and plan.foremost == reference.name else plan
        for number, plan in enumerate(draft.branch_plans)
    )
    return ""


def _settled(draft: Draft, reference: ReferencePlan) -> bool:
    """Tell whether each row's parent is known before its branch is."""
    digit = reference.digit
    counted = digit is None or next(key.branch for key in draft.keys if key.name == digit.key) is None
    apart = reference.differs_from is None and reference.parent != draft.name
    alone = not (depends(reference) or reference.by_branch)
    return counted and apart and alone and not any(reference.null_permille)
