"""Which tables are filled, with how many rows, and why the others are not."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Iterable, Sequence

from seedfast.constraints.analyse import parents_needed
from seedfast.constraints.conflict import contradiction
from seedfast.diagnostics import Finding, Severity
from seedfast.errors import UsageError
from seedfast.model.database import Database, Existing
from seedfast.model.table import ForeignKey, Table, TableForm
from seedfast.names import QualifiedName, parse_qualified, shown
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.options import Options
from seedfast.plan.rejections import unreadable
from seedfast.plan.spec import Status
from seedfast.semantics.tables import bookkeeping


def resolve(database: Database, written: str) -> QualifiedName:
    """Return the table that a user means by ``name`` or ``schema.name``; a ``UsageError`` names the nearest one."""
    schema, name = parse_qualified(written)
    matches = [t.name for t in database.tables if t.name.name == name and schema in (None, t.name.schema)]
    if not matches:
        folded = name.casefold()
        matches = [
            t.name for t in database.tables if t.name.name.casefold() == folded and schema in (None, t.name.schema)
        ]
    if len(matches) == 1:
        return matches[0]
    if len(matches) > 1:
        public = [match for match in matches if match.schema == "public"]
        if len(public) == 1:
            return public[0]
        options = ", ".join(map(str, matches))
        raise UsageError("SF-TABLE-AMBIGUOUS", f"{written!r} names several tables: {options}.", "Name the schema too.")
    known = {str(t.name): t.name for t in database.tables} | {t.name.name: t.name for t in database.tables}
    near = difflib.get_close_matches(written, known, n=1, cutoff=0.5)
    hint = f"Did you mean {known[near[0]]}?" if near else "`seedfast plan` lists the tables."
    raise UsageError("SF-TABLE-UNKNOWN", f"There is no table named {written!r} in {database.name}.", hint)


def resolve_column(database: Database, written: str) -> tuple[QualifiedName, str]:
    """Return the column that a user means by ``table.column``; a ``UsageError`` names the nearest one."""
    parts = re.fullmatch(r'(.+)\.("(?:[^"]|"")*"|[^."]+)', written)
    if parts is None:
        raise UsageError("SF-COLUMN-UNKNOWN", f"{written!r} names no column.", "Write TABLE.COLUMN.")
    table = resolve(database, parts[1])
    column = parts[2][1:-1].replace('""', '"') if parts[2].startswith('"') else parts[2]
    known = [known.name for known in database.by_name[table].columns]
    if column not in known:
        near = difflib.get_close_matches(column, known, n=1) or known[:1]
        hint = f"The nearest name is {shown(near[0])}." if near else "The table has no columns."
        raise UsageError("SF-COLUMN-UNKNOWN", f"{table} has no column named {column!r}.", hint)
    return table, column


def select(database: Database, existing: Existing, options: Options) -> dict[QualifiedName, Draft]:
    """Return a draft for every table: its status, and the rows it would get if nothing else stood in the way."""
    wanted = _wanted(database, existing, options)
    drafts = {}
    for table in database.tables:
        draft = Draft(table, existing.count(table.name))
        draft.rows = max(options.table_rows.get(table.name, options.rows), len(options.given.get(table.name, ())))
        draft.followed = table.name in options.followed
        draft.varied = any(table.name in lesson.varied for lesson in options.lessons.values())
        _judge(draft, wanted, options, database, existing)
        drafts[table.name] = draft
    if options.total is not None:
        _share_out(drafts, options.total, options)
    return drafts


def _share_out(drafts: Drafts, total: int, options: Options) -> None:
    """Let the tables whose rows nobody named come to a total with the others; limits leave more to those without."""
    filled = [draft for draft in drafts.values() if draft.status is Status.FILL]
    open_ = sorted((d for d in filled if d.name not in options.table_rows), key=_limit(options))
    left = max(0, total - sum(draft.rows for draft in filled if draft.name in options.table_rows))
    for number, draft in enumerate(open_):
        share = max(-(-left // (len(open_) - number)), len(options.given.get(draft.name, ())))
        draft.rows = min(share, options.limits.get(draft.name, share))
        left -= draft.rows


def _limit(options: Options) -> Callable[[Draft], tuple[float, QualifiedName]]:
    return lambda draft: (options.limits.get(draft.name, math.inf), draft.name)


def _judge(
    draft: Draft, wanted: dict[QualifiedName, str], options: Options, database: Database, existing: Existing
) -> None:
    table = draft.table
    tool = bookkeeping(table.name, tuple(column.name for column in table.columns))
    if tool is not None:
        draft.end(Status.BOOKKEEPING, f"belongs to {tool}, which keeps it itself")
    elif table.name in options.skip:
        _leave(draft, "left out as asked")
    elif table.name not in wanted:
        _leave(draft, "not asked for")
    elif draft.existing and not options.append:
        draft.end(Status.PARENT, f"holds {draft.existing:,} rows already; they serve as parents")
    elif table.form is TableForm.FOREIGN:
        draft.end(Status.UNFILLABLE, "a foreign table: its rows live on another server")
        _find(draft, "SF-TABLE-FOREIGN", Severity.INFO, "Fill it where it is stored.")
    elif table.partitioning is not None and not table.partitioning.leaves:
        draft.end(Status.UNFILLABLE, "a partitioned table without a partition takes no row")
        _find(draft, "SF-TABLE-NO-PARTITION", Severity.INFO, "Create a partition, then run again.")
    elif not table.privileges.insert:
        draft.end(Status.GAP, "the role may not INSERT into it")
        _find(draft, "SF-TABLE-NO-INSERT", Severity.ERROR, f"GRANT INSERT ON {table.name.sql} TO the role.")
    elif diverting := next((rule.name for rule in table.rules if rule.instead), None):
        draft.end(Status.GAP, f"rule {diverting} does something else in the place of every insert")
        _find(draft, "SF-TABLE-DIVERTED", Severity.ERROR, f"ALTER TABLE ... DISABLE RULE {diverting}, or --skip it.")
    elif table.row_security and not any(policy.permissive for policy in table.policies):
        draft.end(Status.GAP, "row-level security is on, and no policy lets the role insert a row")
        hint = f"CREATE POLICY ... ON {table.name.sql} FOR INSERT WITH CHECK (...), or connect as the owner."
        _find(draft, "SF-POLICY-NONE", Severity.ERROR, hint)
    elif table.name in existing.unreadable:
        rejected = unreadable(database, table.name, *existing.unreadable[table.name])
        draft.end(Status.GAP, rejected.reason)
        _find(draft, rejected.code, Severity.ERROR, rejected.hint)
    elif table.name in options.triggered:
        draft.end(Status.TRIGGER, "triggers of other tables make its rows")
        draft.existing = options.triggered[table.name]
    elif table.name in options.refused:
        rejected = options.refused[table.name]
        draft.end(Status.GAP, rejected.reason)
        hint = f"`seedfast explain {table.name}` shows how its columns were planned."
        _find(draft, rejected.code, Severity.ERROR, rejected.hint or hint)
    else:
        draft.reason = wanted[table.name]
        if not table.privileges.select:
            draft.findings.append(_unseen(table))
        if table.name in options.limits:
            draft.rows = min(draft.rows, options.limits[table.name])


def _unseen(table: Table) -> Finding:
    how = "no policy lets the role see its rows" if table.row_security else "the role may not SELECT from it"
    return Finding(
        "SF-TABLE-UNSEEN",
        Severity.WARNING,
        str(table.name),
        f"Taken to be empty: {how}.",
        "If it holds rows, a second run may repeat their keys. Grant the role what is missing, or name it in --skip.",
    )


def _leave(draft: Draft, reason: str) -> None:
    """Take a table out of the run; rows that it holds still serve as parents."""
    draft.end(Status.PARENT if draft.existing else Status.SKIPPED, reason)


def _find(draft: Draft, code: str, severity: Severity, hint: str) -> None:
    message = f"Not filled: {draft.reason}."
    names = tuple(dict.fromkeys(rule.named(draft.name) for rule in draft.conflict))
    if names:
        message += f" {contradiction(names)}"
    draft.findings.append(Finding(code, severity, str(draft.name), message, hint, names))


def required(table: Table) -> Iterable[ForeignKey]:
    """Yield the foreign keys that every row of a table must follow."""
    for key in table.foreign_keys:
        check = any if not key.match_full else all
        if not check(table.column(name).nullable for name in key.columns):
            yield key


def _wanted(database: Database, existing: Existing, options: Options) -> dict[QualifiedName, str]:
    """Return the tables in scope, those that chosen ones need included, each with the reason."""
    if options.only is None:
        return {table.name: "" for table in database.tables}
    wanted = dict.fromkeys(sorted(options.only), "")
    waiting = list(wanted)
    while waiting:
        child = waiting.pop()
        table = database.by_name[child]
        for key in required(table):
            known = key.parent in database.by_name and not existing.count(key.parent)
            if known and key.parent not in wanted and key.parent not in options.skip:
                wanted[key.parent] = f"needed by {child}"
                waiting.append(key.parent)
    return wanted


def withdraw_orphans(drafts: Drafts, options: Options) -> None:
    """End every table that must refer to one which will hold no row, and so on down the line.

    Where only some branches of a table must, it keeps the others.
    """
    changed = True
    while changed:
        changed = False
        for draft in drafts.values():
            if draft.status is not Status.FILL:
                continue
            empty = [key for key in draft.table.foreign_keys if _is_empty(draft, key, drafts)]
            for key in empty:
                kept = draft.orphaned(key)
                if not kept:
                    _withdraw(draft, empty, drafts, options)
                    changed = True
                    break
                if len(kept) < len(draft.branches) and not draft.generators:
                    draft.branches = tuple(draft.branches[number] for number in kept)
                    draft.branch_plans = tuple(draft.branch_plans[number] for number in kept)


def _is_empty(draft: Draft, key: ForeignKey, drafts: Drafts) -> bool:
    """Tell whether a key that rows can't do without points at a table that will hold none."""
    parent = drafts.get(key.parent)
    return key.name not in draft.undeclared and key.parent != draft.name and (parent is None or not parent.total)


def _withdraw(draft: Draft, empty: Sequence[ForeignKey], drafts: Drafts, options: Options) -> None:
    """End a table that can't do without all of the parents that hold nothing."""
    asking = parents_needed(draft.table, empty, now=options.now)
    needed = [key for key in empty if key.name in {rule.name for rule in asking}]
    parents = [drafts.get(key.parent) for key in needed]
    hopeless = all(parent is not None and parent.status is Status.UNFILLABLE for parent in parents)
    shown = " or ".join(f"{key.name} needs a row of {key.parent}, which holds none" for key in needed)
    draft.end(Status.UNFILLABLE if hopeless else Status.GAP, shown)
    if hopeless:
        draft.conflict = (*asking, *(rule for parent in parents if parent is not None for rule in parent.conflict))
    reasons = [f"{key.parent}: {_why_empty(parent)}." for key, parent in zip(needed, parents, strict=True)]
    severity = Severity.INFO if hopeless else Severity.ERROR
    _find(draft, "SF-TABLE-NO-PARENT", severity, " ".join(reasons))


def _why_empty(parent: Draft | None) -> str:
    return "is out of the role's sight" if parent is None else parent.reason or "gets no rows"
