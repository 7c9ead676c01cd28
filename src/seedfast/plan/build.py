"""The planner: from structure, stored row counts and a request to a plan. Nothing here reaches a server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from seedfast.constraints.analyse import analyse_table
from seedfast.diagnostics import Finding, Severity
from seedfast.model.database import Database, Existing
from seedfast.model.mentions import mentions
from seedfast.model.table import UnsetSetting
from seedfast.names import QualifiedName
from seedfast.plan import measures, order, volumes
from seedfast.plan.agreement import agree, branch_off, insist
from seedfast.plan.aims import aim
from seedfast.plan.apiece import count_out
from seedfast.plan.attempts import plan_keys
from seedfast.plan.climbs import climb
from seedfast.plan.coarse import shorten
from seedfast.plan.columns import leave_to_server, plan_generators, prefer_serial
from seedfast.plan.coming import wait_for_parents
from seedfast.plan.copies import copy_parents
from seedfast.plan.country_lists import list_countries
from seedfast.plan.coupling import couple
from seedfast.plan.date_parts import tell_dates
from seedfast.plan.dealing import crowd, deal, multiply, rows_of
from seedfast.plan.demands import enclosed
from seedfast.plan.descent import after_own_rows
from seedfast.plan.documents import shape_documents
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.entries import balance, double_entry
from seedfast.plan.figures import add_up, end_with_durations, in_order, unsettled, within_parents
from seedfast.plan.given import copied, give
from seedfast.plan.habits import habits
from seedfast.plan.homes import homes, tongue_of
from seedfast.plan.limits import judge_values
from seedfast.plan.listed import draw_together
from seedfast.plan.lookups import after_parents, within_wholes
from seedfast.plan.offices import write_to_offices
from seedfast.plan.options import Options
from seedfast.plan.outlines import follow_outline
from seedfast.plan.overrides import admit, impose, settled, shares, without_overridden
from seedfast.plan.pairs import pair_references
from seedfast.plan.passwords import hash_as_told
from seedfast.plan.persons import follow_persons
from seedfast.plan.pointers import follow_pairs
from seedfast.plan.presence import follow_stages
from seedfast.plan.quotas import divide, judge
from seedfast.plan.ranks import rank
from seedfast.plan.records import follow_parents
from seedfast.plan.references import plan_references
from seedfast.plan.reserved import without_reserved
from seedfast.plan.rollups import roll_up
from seedfast.plan.sorts import settle_sorts
from seedfast.plan.spans import end_in_time
from seedfast.plan.speaking import speak
from seedfast.plan.spec import (
    VERSION,
    GenerationPlan,
    LoadStep,
    Method,
    Pick,
    SequencePlan,
    Status,
)
from seedfast.plan.standing import age
from seedfast.plan.states import mean_shares, weigh
from seedfast.plan.ties import tie_parts
from seedfast.plan.timetable import keep_hours
from seedfast.plan.trees import grow
from seedfast.plan.understanding import spoken, taught, wished
from seedfast.plan.united import unite
from seedfast.plan.whereabouts import live_with_parents
from seedfast.plan.wholes import make_whole, with_parts
from seedfast.plan.windows import apart_from_stored, confine, moment, widened
from seedfast.plan.wishes import Undeclared, follow_required, follow_undeclared
from seedfast.semantics.classify import classify
from seedfast.semantics.domains import Domains
from seedfast.semantics.order import chronology
from seedfast.semantics.undeclared import undeclared
from seedfast.values.registry import Registry


def build(database: Database, existing: Existing, options: Options, registry: Registry) -> GenerationPlan:
    """Return the plan of a run.

    Relations that the schema doesn't declare are followed by the tables that lose no rows by it.
    """
    found = undeclared(database.tables)
    options = replace(options, windows=widened(database, options.windows))
    plan, short = _build(database, existing, options, registry, found)
    if short & found.keys():
        without = {name: relations for name, relations in found.items() if name not in short}
        other, lacking = _build(database, existing, options, registry, without)
        if _rows(other) > _rows(plan):
            plan, short = other, lacking
    if options.total is None or _rows(plan) >= options.total:
        return plan
    limits = {table.name: table.rows for table in plan.tables if table.name in short and table.status is Status.FILL}
    if limits.keys() - options.limits.keys():
        return build(database, existing, replace(options, limits={**options.limits, **limits}), registry)
    return replace(plan, findings=(*plan.findings, _below(plan, options.total)))


def _rows(plan: GenerationPlan) -> int:
    return sum(table.rows for table in plan.tables)


def _below(plan: GenerationPlan, total: int) -> Finding:
    return Finding(
        "SF-SCOPE-ROWS",
        Severity.WARNING,
        "",
        f"{total:,} rows were asked for in all, and the tables have room for {_rows(plan):,}.",
        "`seedfast plan` shows the rows of each table, and what confines them.",
    )


def _build(
    database: Database, existing: Existing, options: Options, registry: Registry, found: Undeclared
) -> tuple[GenerationPlan, set[QualifiedName]]:
    """Return a plan, and the tables that get fewer rows in it than they were meant to."""
    domains = spoken(database, registry.packs, options.seed, options.topics)
    drafts = volumes.select(database, existing, options)
    options = replace(options, tongue=tongue_of(c.name for draft in drafts.values() for c in draft.table.columns))
    for name, made in options.self_made:
        table = drafts[name].table
        drafts[name].table = replace(table, foreign_keys=tuple(k for k in table.foreign_keys if k.name != made))
    options = with_parts(drafts, double_entry(drafts, options))
    multiply(drafts, options)
    for draft in drafts.values():
        if draft.status is Status.FILL:
            _analyse(draft, database, domains, options)
    options = replace(options, homes=homes(drafts, options))
    meant = {name: draft.rows for name, draft in drafts.items() if draft.status is Status.FILL}
    follow_required(drafts)
    unite(drafts)
    follow_undeclared(drafts, without_overridden(found, drafts))
    referenced: dict[QualifiedName, set[str]] = {}
    for draft in drafts.values():
        for key in draft.table.foreign_keys:
            referenced.setdefault(key.parent, set()).update(key.parent_columns)
    for draft in drafts.values():
        draft.referenced = frozenset(referenced.get(draft.name, ()))
    _share_sequences(drafts)
    for draft in drafts.values():
        if draft.status is Status.FILL:
            _want(draft, drafts)
    volumes.withdraw_orphans(drafts, options)
    ordered = order.planning_order(drafts)
    turns = {name: turn for turn, name in enumerate(ordered)}
    for name in ordered:
        draft = drafts[name]
        if draft.status is Status.FILL:
            _plan_table(draft, drafts, turns, database, domains, options, registry)
            if draft.status is Status.FILL:
                agree(draft, drafts, turns)
            if draft.status is not Status.FILL:
                volumes.withdraw_orphans(drafts, options)
    for draft in drafts.values():
        if draft.status is Status.FILL:
            follow_pairs(draft, drafts, database, found.get(draft.name, ()))
    _settle_homes(drafts)
    rank(drafts)
    grow(drafts)
    roll_up(drafts)
    aim(drafts, options)
    steps, findings = order.load_steps(drafts, options.behind)
    _block(drafts, steps)
    inserted = [name for step in steps for name in step.tables]
    position = {name: number for number, name in enumerate(inserted)}
    tables = sorted(drafts.values(), key=lambda d: (position.get(d.name, len(position)), d.name))
    plan = GenerationPlan(
        VERSION,
        options.seed,
        options.now.isoformat(),
        database.fingerprint,
        registry.fingerprint,
        tuple(replace(draft.finish(), habits=tuple(habits(draft))) for draft in tables),
        steps,
        tuple(_sequences({draft.name: draft for draft in tables})),
        (
            *options.noted,
            *map(_untold, domains.unspoken()),
            *(finding for draft in tables for finding in draft.findings),
            *findings,
        ),
    )
    return plan, {name for name, rows in meant.items() if drafts[name].rows < rows}


def _analyse(draft: Draft, database: Database, domains: Domains, options: Options) -> None:
    draft.lesson = options.lessons.get(draft.name, draft.lesson)
    draft.table, rules = taught(draft.table, database, draft.lesson.conditions, options.now)
    if draft.lesson.settings:
        draft.findings.append(_assumed(draft))
    draft.overrides = options.overrides.get(draft.name, {})
    rules = admit(draft, rules, database, options.now)
    cycles = domains.of(draft.table).cycles(draft.table)
    # Whoever asks for a time or for states has them, whatever the age of what is in them.
    aging = draft.name not in options.windows and not options.quotas.get(draft.name)
    told = wished(draft.table, rules, database, options.now, cycles, aging=aging, tongue=options.tongue)
    draft.table, rules, draft.actors, draft.granted = told.table, told.rules, told.actors, told.granted
    draft.shares = {**told.shares, **dict(shares(draft))}
    draft.findings += [_answered(finding, draft) for finding in rules.findings]
    unset = (one for one in draft.table.unset if one.name not in draft.lesson.settings)
    draft.findings += map(partial(_missed, draft.name), unset)
    if not rules.branches:
        if draft.table.policies and analyse_table(replace(draft.table, policies=()), now=options.now).branches:
            draft.end(Status.GAP, "its policies let through no row of this session")
            draft.findings = [_of_policies(finding) for finding in draft.findings]
        else:
            draft.end(Status.UNFILLABLE, rules.findings[-1].message.removesuffix("."))
            draft.conflict = rules.conflict
        return
    draft.branches = divide(draft, without_reserved(draft, rules.branches), options.quotas.get(draft.name, {}))
    draft.branch_plans = tuple(weigh(draft, draft.branches))


def _answered(finding: Finding, draft: Draft) -> Finding:
    """Say of a condition that isn't understood that PostgreSQL was asked, where it was."""
    pooled = {name: len(rows) for names, rows in draft.lesson.pools for name in names}
    for check in draft.table.checks:
        if finding.where == f"{draft.name}: CHECK {check.name}" and set(check.columns) & set(pooled):
            count = max(pooled.get(name, 0) for name in check.columns)
            hint = f"PostgreSQL was asked, and values are drawn from {count:,} that satisfy it."
            return replace(finding, hint=hint)
    return finding


def _of_policies(finding: Finding) -> Finding:
    """Say of constraints that no row can satisfy that another session might: policies are among them."""
    if finding.code != "SF-CHECK-UNSATISFIABLE":
        return finding
    hint = "Connect as a role that the policies let through, or give the settings that they read with --set."
    return replace(finding, code="SF-POLICY-UNSATISFIABLE", severity=Severity.ERROR, hint=hint)


def _missed(table: QualifiedName, setting: UnsetSetting) -> Finding:
    return Finding(
        "SF-SETTING-UNSET",
        Severity.INFO if setting.optional else Severity.WARNING,
        f"{table}: {setting.reader}",
        f"It reads the setting {setting.name}, which this session doesn't have.",
        f"Give it with --set {setting.name}=VALUE.",
    )


def _assumed(draft: Draft) -> Finding:
    given = " and ".join(f"{name} = {value}" for name, value in draft.lesson.settings.items())
    chosen = " ".join(f"--set {name}=VALUE" for name in draft.lesson.settings)
    return Finding(
        "SF-SETTING-ASSUMED",
        Severity.INFO,
        str(draft.name),
        f"Its rows go in with the setting {given}, which its triggers ask for and nobody gave.",
        f"Choose it with {chosen}.",
    )


def _untold(topic: str) -> Finding:
    return Finding(
        "SF-SCOPE-TOPIC",
        Severity.WARNING,
        "",
        f"No table here holds anything that the data packs could confine to {topic!r}.",
        "`seedfast packs` lists what packs speak of; `seedfast explain TABLE.COLUMN` shows what a column draws from.",
    )


def _share_sequences(drafts: Drafts) -> None:
    """Let tables that draw from one sequence take different values of it, as they would if they drew in turn."""
    drawn: dict[QualifiedName, int] = {}
    for draft in (drafts[name] for name in sorted(drafts)):
        for column in draft.table.columns:
            if column.sequence is not None:
                before = drawn.get(column.sequence.name, 0)
                draft.offsets = {**draft.offsets, column.name: before}
                drawn[column.sequence.name] = before + draft.existing + draft.rows


def _want(draft: Draft, drafts: Drafts) -> None:
    """Tell the parents of a table which values its CHECKs leave to the columns of its foreign keys."""
    for key in draft.table.foreign_keys:
        parent = drafts.get(key.parent)
        if parent is None or parent.status is not Status.FILL:
            continue
        for name, theirs in zip(key.columns, key.parent_columns, strict=True):
            lists = [domain.allowed for domain in draft.domains(name) if domain.allowed is not None]
            forbidden = [domain.excluded for domain in draft.domains(name)]
            # What is forbidden in some rows alone is something that others may have.
            spoken_of = [v for each in forbidden for v in each if not all(v in other for other in forbidden)]
            named = (*(v for each in lists for v in each), *spoken_of)
            values = dict.fromkeys((*parent.wanted.get(theirs, ()), *map(str, named)))
            if named:
                parent.wanted = {**parent.wanted, theirs: tuple(values)}


def _plan_table(
    draft: Draft,
    drafts: Drafts,
    turns: Mapping[QualifiedName, int],
    database: Database,
    domains: Domains,
    options: Options,
    registry: Registry,
) -> None:
    table, now = draft.table, moment(draft.name, options)
    # Parents that have lost rows since have fewer children.
    draft.rows = min(draft.rows, rows_of(draft, drafts, options))
    draft.meanings = classify(
        table,
        now=now,
        seed=options.seed,
        domains=domains,
        nature=options.natures.get(draft.name, ""),
        countries=options.homes.get(draft.name, options.countries),
    )
    speak(draft, options.tongue)
    mean_shares(draft)
    leave_to_server(draft)
    confine(draft, options, now)
    plan_references(draft, drafts)
    if draft.status is not Status.FILL:
        return
    impose(draft, options, registry, now=now)
    insist(draft, drafts)
    branch_off(draft)
    make_whole(draft, drafts, options)
    pair_references(draft, drafts)
    shorten(draft)
    plan_generators(draft, registry=registry, now=now)
    if draft.status is not Status.FILL:
        return
    settled(draft)
    alone = [unique.columns[0] for unique in table.unique_keys if len(unique.columns) == 1 and unique.predicate is None]
    prefer_serial(draft, alone)
    plan_keys(draft, drafts, None if draft.name in options.mingled else turns, registry, now)
    if draft.status is Status.FILL:
        deal(draft, drafts, options)
        crowd(draft, options)
        count_out(draft, options)
        settle_sorts(draft, drafts)
        wait_for_parents(draft, drafts)
        tie = partial(_tie, drafts=drafts, domains=domains, options=options, registry=registry, now=now)
        rows = options.given.get(draft.name)
        before = copied(draft) if rows else draft
        tie(draft, True)
        balance(draft)
        judge(draft)
        if rows:
            actual = database.by_name[draft.name]
            give(draft, before, actual, rows, tie, registry=registry, seed=options.seed, now=options.now)


def _tie(
    draft: Draft,
    follow: bool,
    /,
    *,
    drafts: Drafts,
    domains: Domains,
    options: Options,
    registry: Registry,
    now: datetime,
) -> None:
    """Let the columns of a table follow one another, and with ``follow`` the moments of parents."""
    tie_parts(draft, tuple(enclosed(draft, drafts)) if follow else ())
    draw_together(draft, options.seed)
    order_of_moments = (
        *chronology(draft.table),
        *(apart_from_stored(draft, drafts, after_parents(draft, drafts), options) if follow else ()),
        *(within_wholes(draft, drafts) if follow else ()),
        *(after_own_rows(draft, drafts) if follow else ()),
    )
    copy_parents(draft, drafts)
    follow_persons(draft, drafts)
    write_to_offices(draft)
    hash_as_told(draft)
    follow_stages(draft, drafts)
    follow_parents(draft, drafts, domains.of(draft.table), registry)
    follow_outline(draft, registry)
    list_countries(draft)
    live_with_parents(draft, drafts)
    add_up(draft, drafts, order_of_moments)
    climb(draft, drafts)
    measured = within_parents(draft, drafts) if follow else ()
    couple(draft, drafts, (*unsettled(draft, order_of_moments), *in_order(draft), *measured), now)
    end_with_durations(draft)
    tell_dates(draft)
    end_in_time(draft)
    age(draft)
    keep_hours(draft)
    shape_documents(draft, options.seed)
    judge_values(draft)


def _settle_homes(drafts: Drafts) -> None:
    """Let a key that wanted to point home pick like any other where its way back can't be reversed."""
    for draft in drafts.values():
        for name, reference in draft.references.items():
            if reference.pick is not Pick.HOME or reference.home is None:
                continue
            back = drafts[reference.parent].references.get(reference.home)
            if back is None or back.pick is not Pick.COVER or back.matching:
                fixed = tuple(c for c in reference.columns if draft.owners.get(c, ("",))[0] != name)
                if any(set(unique.columns) & set(reference.columns) - set(fixed) for unique in draft.table.unique_keys):
                    # What points home is distinct, and a key may count on that; any other pick may repeat.
                    reference = replace(reference, null_permille=(1000,))
                draft.references[name] = replace(reference, pick=Pick.SKEWED, home=None, matching=fixed)


def _block(drafts: Drafts, steps: tuple[LoadStep, ...]) -> None:
    """Confine picks among tables that are loaded in one statement to the statement's block of rows."""
    for step in steps:
        if step.method is not Method.TOGETHER or max(drafts[name].rows for name in step.tables) <= step.block:
            continue
        inside = set(step.tables)
        for name in step.tables:
            for key, reference in drafts[name].references.items():
                free = reference.digit is None and reference.pick is Pick.SKEWED and not reference.matching
                if reference.parent in inside and reference.parent != name and free:
                    drafts[name].references[key] = replace(reference, block=step.block)


def _sequences(drafts: Drafts) -> list[SequencePlan]:
    filled = [draft for draft in drafts.values() if draft.status is Status.FILL]
    early = frozenset().union(*mentions(draft.table for draft in filled).values())
    return [
        SequencePlan(
            column.sequence.name,
            draft.name,
            column.name,
            column.sequence.increment,
            draft.name in early,
            _last(draft, column.name) if draft.name in early else None,
        )
        for draft in filled
        for column in draft.table.columns
        if column.sequence is not None and measures.unit_of(column.type) == "integer"
    ]


def _last(draft: Draft, column: str) -> int | None:
    """Return the last value that a column has where it counts rows, None where it doesn't."""
    made = draft.generators.get(column, ())
    if not made or any(generator.kind != "number.serial" or generator != made[0] for generator in made):
        return None
    return int(made[0].params["start"]) + int(made[0].params["step"]) * (draft.existing + draft.rows - 1)
