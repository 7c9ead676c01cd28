"""Double entry: two lines for each entry, a debit and a credit of the same amount."""

from __future__ import annotations

from dataclasses import replace

from seedfast.constraints.domain import Domain, Nullness
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.options import Options, PerParent
from seedfast.plan.spec import BranchPlan, GeneratorPlan, Status
from seedfast.semantics.entries import Form, Sides, sides

_ALL = 1000


def double_entry(drafts: Drafts, options: Options) -> Options:
    """Return options that give every new entry two lines, where nothing else is asked."""
    wishes = {}
    for name, draft in drafts.items():
        both = sides(draft.table) if draft.status is Status.FILL else None
        free = name not in options.per_parent and name not in options.skews and name not in options.given
        if both is not None and free and both.entry in drafts and (drafts[both.entry].rows or not draft.existing):
            wishes[name] = PerParent(both.entry, 2, 2, asked=False)
    return replace(options, per_parent={**options.per_parent, **wishes}) if wishes else options


def balance(draft: Draft) -> None:
    """Let the first line of an entry be its debit, the other its credit, and both draw one amount for the entry."""
    both = sides(draft.table)
    reference = draft.references.get(both.key) if both is not None else None
    if both is None or reference is None or reference.per_parent != (2, 2) or any(reference.null_permille):
        return
    numbers = range(len(draft.branches))
    debited, credited = ([number for number in numbers if _is_on(draft, number, both, side)] for side in (0, 1))
    settled = any(plan.reserved for plan in draft.branch_plans) or any(key.shares for key in draft.keys)
    if settled or len(debited) != 1 or len(credited) != 1 or len(draft.branches) != 2:
        return
    [debit], [credit] = debited, credited
    if not _alike(draft, both, debit, credit):
        return
    amount = draft.generators[both.debit][debit]
    if both.form is Form.SIGNS:
        amount = GeneratorPlan("number.opposite", {"kind": amount.kind, "params": dict(amount.params)})
    made = list(draft.generators[both.credit])
    made[credit] = amount
    draft.generators[both.credit] = tuple(made)
    plans: list[BranchPlan] = list(draft.branch_plans)
    plans[debit] = replace(plans[debit], weight=_ALL, foremost=reference.name)
    draft.branch_plans = tuple(plans)
    for name in dict.fromkeys((both.debit, both.credit)):
        draft.common[name] = reference.name
        draft.reasons[name] = f"{draft.reasons.get(name, '')}; what an entry debits it credits".lstrip("; ")


def _is_on(draft: Draft, number: int, both: Sides, side: int) -> bool:
    """Tell whether the rows of a branch are certainly debits, side 0, or certainly credits, side 1."""
    branch = draft.branches[number]
    there, absent = ((both.debit, both.credit), (both.credit, both.debit))[side]
    match both.form:
        case Form.COLUMNS:
            other = branch.domain(absent)
            nothing = other.nullness is Nullness.ALWAYS or other.allowed == (0,)
            return nothing and branch.domain(there).nullness is Nullness.NEVER
        case Form.WORDS:
            params = draft.generators[both.told][number].params
            return [*params.get("values", ()), *filter(None, [params.get("value")])] == [both.called[side]]
        case Form.SIGNS:
            bound = branch.domain(there).high if side else branch.domain(there).low
            return bound is not None and bound.value == 0 and not bound.inclusive


def _alike(draft: Draft, both: Sides, debit: int, credit: int) -> bool:
    """Tell whether the amounts of both sides may be the same, and are drawn from nothing else of the row."""
    if {both.debit, both.credit} & draft.owners.keys():
        return False
    one, other = draft.branches[debit].domain(both.debit), draft.branches[credit].domain(both.credit)
    kinds = {draft.generators[name][at].kind for name, at in ((both.debit, debit), (both.credit, credit))}
    drawn = kinds <= {"number.decimal", "number.integer", "finance.amount", "pack.number"}
    alike = both.form is Form.SIGNS and one.allowed is other.allowed is None and not (one.parts or other.parts)
    return drawn and (alike or _confines(one) == _confines(other))


def _confines(domain: Domain) -> tuple[object, ...]:
    return domain.low, domain.high, domain.allowed, domain.parts
