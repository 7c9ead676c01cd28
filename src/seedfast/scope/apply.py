"""From what is asked for to what the planner takes: each wish of a scope, in terms of the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from seedfast import rng
from seedfast.diagnostics import Finding, Severity
from seedfast.errors import UsageError
from seedfast.model.database import Database
from seedfast.names import QualifiedName, shown
from seedfast.plan import measures
from seedfast.plan import spec as planned
from seedfast.plan.options import Figure, Options, Override, PerParent, Quota, Skew, Window
from seedfast.plan.quotas import OUTCOME
from seedfast.plan.volumes import resolve
from seedfast.scope.growth import MOST, grown
from seedfast.scope.headcount import sized
from seedfast.scope.spec import WHOLE, Aggregate, Count, Outcome, OwnRow, Period, ScopeSpec, Shares
from seedfast.semantics.order import beginning, dated_by
from seedfast.values.semantic.person_names import has_names
from seedfast.values.semantic.places import known_countries


def applied(spec: ScopeSpec, database: Database, options: Options) -> tuple[Options, tuple[Finding, ...]]:
    """Return options with all that a scope asks for, and findings on what can't be told to the planner.

    What the options say already wins: they are the flags of the command.
    """
    applying = _Applying(database, options)
    return applying.options_of(spec), tuple(applying.findings)


def resolved(spec: ScopeSpec, database: Database) -> ScopeSpec:
    """Return a scope in which each table has its full name; a ``UsageError`` names one that isn't there."""

    def full(name: str) -> str:
        return str(resolve(database, name))

    given: dict[str, tuple[OwnRow, ...]] = {}
    for name, own in spec.given.items():
        given[full(name)] = (*given.get(full(name), ()), *own)
    return replace(
        spec,
        only=tuple(map(full, spec.only)),
        skip=tuple(map(full, spec.skip)),
        rows={full(name): count for name, count in spec.rows.items()},
        per_parent=tuple(replace(one, child=full(one.child), parent=full(one.parent)) for one in spec.per_parent),
        natures={full(name): natures for name, natures in spec.natures.items()},
        shares=tuple(replace(one, table=full(one.table)) for one in spec.shares),
        periods=tuple(replace(one, tables=tuple(map(full, one.tables))) for one in spec.periods),
        skews=tuple(replace(one, child=full(one.child), parent=full(one.parent)) for one in spec.skews),
        outcomes=tuple(
            replace(one, table=full(one.table), per=None if one.per is None else full(one.per)) for one in spec.outcomes
        ),
        given=given,
    )


@dataclass(slots=True)
class _Applying:
    database: Database
    options: Options
    findings: list[Finding] = field(default_factory=list)

    def options_of(self, spec: ScopeSpec) -> Options:
        options = self.options
        self._say_unmet(spec)
        only = frozenset(resolve(self.database, name) for name in spec.only)
        skip = frozenset(resolve(self.database, name) for name in spec.skip)
        rows = {resolve(self.database, name): count for name, count in spec.rows.items()}
        general = options.rows if spec.every is None else self._number(spec.every, "every")
        named = {name: self._number(count, str(name), general) for name, count in rows.items()}
        rows_by_table = {**named, **options.table_rows}
        quotas = self._quotas(spec.shares)
        self._count(spec, rows_by_table, quotas, general)
        self._paced(spec, rows_by_table, quotas)
        self._growing(spec, quotas)
        for one in filter(_apiece, spec.outcomes):
            ((column, value),) = one.where.items()
            quotas.setdefault(resolve(self.database, one.table), {})[column] = Quota(
                {value: WHOLE // 2}, WHOLE - WHOLE // 2, None, _said(one), exact=True
            )
        return replace(
            options,
            rows=general,
            table_rows=rows_by_table,
            only=options.only if options.only is not None or not only else only,
            skip=options.skip or skip,
            total=spec.total,
            quotas=quotas,
            topics=spec.topics,
            countries=self._countries(spec.countries),
            homes={resolve(self.database, name): self._countries(said) for name, said in spec.homes.items()},
            natures={resolve(self.database, name): said[0] for name, said in spec.natures.items() if said},
            overrides=self._sizes(spec.natures),
            windows=self._windows(spec),
            per_parent=self._per_parent(spec),
            skews=self._skews(spec),
            figures=tuple(self._figures(spec)),
        )

    def _say_unmet(self, spec: ScopeSpec) -> None:
        if any(
            not (_simple(one) or _apiece(one) or _spanning(one)) and one.aggregate is Aggregate.COUNT
            for one in spec.outcomes
        ):
            message = (
                "The scope's exact numbers of rows with a value in a period, or with several values, are not honoured."
            )
            hint = "This version of seedfast leaves them out; all else is done."
            self.findings.append(Finding("SF-SCOPE-UNMET", Severity.WARNING, "", message, hint))

    def _number(self, count: Count, what: str, usual: int | None = None) -> int:
        """Return a number of rows within bounds, by the seed; without an upper one as usual, but enough."""
        if count.high is None:
            return max(count.low, self.options.rows if usual is None else usual)
        span = count.high - count.low + 1
        return count.low + rng.key(self.options.seed, "@rows", what) % span

    def _countries(self, countries: Mapping[str, int]) -> Mapping[str, int]:
        known = known_countries()
        for code in countries:
            if code not in known:
                message = f"No places are known in the country {code!r}; its share goes to the others."
                hint = "Countries are written as ISO 3166 codes of two letters, such as US."
                self.findings.append(Finding("SF-SCOPE-COUNTRY", Severity.WARNING, "", message, hint))
            elif not has_names(code):
                message = f"No names are known of the people of {code!r}: persons there have names from everywhere."
                hint = "Places, telephone numbers and currencies are the country's own."
                self.findings.append(Finding("SF-SCOPE-COUNTRY", Severity.INFO, "", message, hint))
        return {code: share for code, share in countries.items() if code in known}

    def _per_parent(self, spec: ScopeSpec) -> Mapping[QualifiedName, PerParent]:
        wishes: dict[QualifiedName, PerParent] = {}
        for one in spec.per_parent:
            child, parent = resolve(self.database, one.child), resolve(self.database, one.parent)
            if child in wishes:
                message = f"Rows of {child} are dealt out to {wishes[child].parent} already, not to {parent}, too."
                hint = "Leave one of the two out: the rows of a table can follow from one parent only."
                self.findings.append(Finding("SF-SCOPE-PER-PARENT", Severity.WARNING, str(child), message, hint))
            else:
                wishes[child] = PerParent(parent, one.count.low, one.count.high)
        for figure in spec.outcomes:
            if figure.per is not None:
                # What holds for each parent needs rows of each, and some others beside those that are counted.
                child, parent = resolve(self.database, figure.table), resolve(self.database, figure.per)
                low = int(figure.value) if _apiece(figure) else 1
                high = 2 * low if _apiece(figure) and figure.table not in spec.rows else None
                wishes.setdefault(child, PerParent(parent, low, high))
        return wishes

    def _skews(self, spec: ScopeSpec) -> Mapping[QualifiedName, Skew]:
        return {
            resolve(self.database, one.child): Skew(resolve(self.database, one.parent), one.heaviest, one.hold)
            for one in spec.skews
        }

    def _windows(self, spec: ScopeSpec) -> Mapping[QualifiedName, Window]:
        """Return the window of each table: that of a period of its own, else that of all, else that of its figures."""
        windows: dict[QualifiedName, Window] = {}
        for period in sorted(spec.periods, key=lambda one: bool(one.tables)):
            named = [resolve(self.database, name) for name in period.tables]
            windows |= dict.fromkeys(named or self.database.by_name, _window(period))
        told = frozenset(windows)
        for one in spec.outcomes:
            if one.period is None:
                continue
            table = resolve(self.database, one.table)
            found = dated_by(self.database.by_name[table], self.database.by_name)
            if found is not None and found[0] is not None:
                table = found[0].parent
            if table not in told:
                window = _window(one.period)
                there = windows.get(table, window)
                starts = [each.start for each in (there, window) if each.start is not None]
                windows[table] = Window(min(starts), max(there.end, window.end))
        paced = [resolve(self.database, one.table) for one in filter(_spanning, spec.outcomes)]
        growing = [resolve(self.database, name) for one in spec.periods if one.growth for name in one.tables]
        for table in (*(name for name in paced if name not in told), *growing):
            # What happens at a pace in time needs parents that were there before all of it.
            for key in self.database.by_name[table].foreign_keys:
                first = windows[table].start
                if key.parent not in windows and first is not None:
                    windows[key.parent] = Window(None, first)
        return windows

    def _figures(self, spec: ScopeSpec) -> Iterator[Figure]:
        """Yield the figures that rows must come to."""
        for one in spec.outcomes:
            if one.aggregate is Aggregate.COUNT and not _apiece(one):
                continue
            table, period = resolve(self.database, one.table), one.period
            if one.column and one.column not in {column.name for column in self.database.by_name[table].columns}:
                raise UsageError("SF-COLUMN-UNKNOWN", f"{table} has no column named {one.column!r}.", "")
            yield Figure(
                table,
                planned.Aggregate(one.aggregate.value),
                one.value,
                _said(one),
                one.column or "",
                one.where,
                None if one.per is None else resolve(self.database, one.per),
                None if period is None else _window(period),
            )

    def _sizes(self, natures: Mapping[str, tuple[str, ...]]) -> Mapping[QualifiedName, Mapping[str, Override]]:
        """Return what columns are set to, with those that tell how large companies are."""
        overrides = dict(self.options.overrides)
        for name, (_, *sizes) in ((name, said) for name, said in natures.items() if said):
            table = self.database.by_name[resolve(self.database, name)]
            for size in sizes:
                told = {column.name: found for column in table.columns if (found := sized(column, size)) is not None}
                if told:
                    overrides[table.name] = {**told, **overrides.get(table.name, {})}
                else:
                    message = f"No column tells how large the companies are that {name} speaks of: {size}."
                    self.findings.append(Finding("SF-SCOPE-NOTE", Severity.INFO, "", message))
        return overrides

    def _count(
        self,
        spec: ScopeSpec,
        rows: dict[QualifiedName, int],
        quotas: dict[QualifiedName, dict[str, Quota]],
        general: int,
    ) -> None:
        """Turn exact numbers of rows into rows of tables and quotas of their columns."""
        counted: dict[tuple[QualifiedName, str], dict[str, int]] = {}
        for one in filter(_simple, spec.outcomes):
            table, value = resolve(self.database, one.table), int(one.value)
            if not one.where:
                rows[table] = value
            for column, held in one.where.items():
                counted.setdefault((table, column), {})[held] = value
        for (table, column), values in counted.items():
            asked, there = sum(values.values()), table in rows
            rows.setdefault(table, max(asked, general))
            said = f"{table}.{shown(column)}: " + ", ".join(f"{number:,} {value}" for value, number in values.items())
            if asked > rows[table] and there:
                message = f"{said} come to {asked:,} rows of the {rows[table]:,} that the table is to get."
                hint = "Ask for more rows of the table, or for fewer of these."
                self.findings.append(Finding(OUTCOME, Severity.ERROR, f"{table}.{shown(column)}", message, hint))
                continue
            of_table = quotas.setdefault(table, {})
            if of_table.pop(column, None) is not None:
                message = f"{said}: the shares that are asked for besides are left out."
                self.findings.append(Finding("SF-SCOPE-SHARE", Severity.WARNING, f"{table}.{shown(column)}", message))
            # What is dealt last is dealt exactly.
            of_table[column] = Quota(values, rows[table] - asked, None, said, exact=True)

    def _paced(
        self, spec: ScopeSpec, rows: dict[QualifiedName, int], quotas: dict[QualifiedName, dict[str, Quota]]
    ) -> None:
        """Turn exact numbers of rows in periods into quotas of the moments that rows came to be at."""
        spans: dict[QualifiedName, list[tuple[Window, int]]] = {}
        for one in filter(_spanning, spec.outcomes):
            assert one.period is not None
            spans.setdefault(resolve(self.database, one.table), []).append((_window(one.period), int(one.value)))
        for table, found in spans.items():
            asked, column = sum(number for _, number in found), beginning(self.database.by_name[table])
            ordered = sorted(found, key=lambda span: (span[0].start, span[0].end))
            apart = all(one.end <= other.start for (one, _), (other, _) in pairwise(ordered) if other.start is not None)
            why = ""
            if column is None:
                why = "no column says when its rows came to be"
            elif not apart:
                why = "the periods overlap"
            elif rows.setdefault(table, asked) != asked:
                why = f"the periods have {asked:,} rows, and the table is to get {rows[table]:,}"
            if column is None or why:
                message = f"Numbers of rows of {table} in periods can't come out exactly: {why}."
                self.findings.append(Finding(OUTCOME, Severity.ERROR, str(table), message))
                continue
            said = f"{table}.{shown(column)}: {asked:,} rows in {len(ordered)} periods"
            quotas.setdefault(table, {})[column] = Quota({}, 0, None, said, exact=True, spans=tuple(ordered))

    def _growing(self, spec: ScopeSpec, quotas: dict[QualifiedName, dict[str, Quota]]) -> None:
        """Turn growth into shares of the moments that rows came to be at."""
        for period in spec.periods:
            for name in period.tables if period.growth else ():
                table = resolve(self.database, name)
                column, spans = beginning(self.database.by_name[table]), tuple(islice(grown(period), MOST + 1))
                why = ""
                if column is None:
                    why = "no column says when its rows came to be"
                elif column in quotas.get(table, {}):
                    why = f"something else is asked of {shown(column)}, too"
                elif not 1 < len(spans) <= MOST:
                    why = f"there are not 2 to {MOST} times of a {period.pace} each from {period.start} to {period.end}"
                if column is None or why:
                    message = f"Rows of {table} can't grow from one {period.pace} to the next: {why}."
                    hint = "They are spread over the whole time as usual."
                    self.findings.append(Finding("SF-SCOPE-GROWTH", Severity.WARNING, str(table), message, hint))
                    continue
                more = "more" if period.growth > 0 else "fewer"
                said = f"{table}.{shown(column)}: {abs(period.growth) / 10:g} % {more} each {period.pace}"
                windows = tuple((_window(piece), weight) for piece, weight in spans)
                quotas.setdefault(table, {})[column] = Quota({}, 0, None, said, spans=windows)

    def _quotas(self, shares: tuple[Shares, ...]) -> dict[QualifiedName, dict[str, Quota]]:
        quotas: dict[QualifiedName, dict[str, Quota]] = {}
        for one in shares:
            table = resolve(self.database, one.table)
            if one.column not in {column.name for column in self.database.by_name[table].columns}:
                raise UsageError("SF-COLUMN-UNKNOWN", f"{table} has no column named {one.column!r}.", "")
            said = ", ".join(_parts(one))
            written = f"{table}.{shown(one.column)}: {said}"
            quotas.setdefault(table, {})[one.column] = Quota(one.values, one.others, one.nulls, written)
        return quotas


def _window(period: Period) -> Window:
    start, end = (measures.read("timestamp", said) for said in (period.start, period.end))
    return Window(start, end)


def _said(one: Outcome) -> str:
    """Return an outcome in words."""
    what = f"The {one.aggregate.value} of {one.table}.{shown(one.column)}" if one.column else f"The rows of {one.table}"
    parts = [f"{column} {value}" for column, value in one.where.items()]
    parts += [] if one.period is None else [f"from {one.period.start} to {one.period.end}"]
    parts += [] if one.per is None else [f"for each of {one.per}"]
    return f"{what}{''.join(f', {part}' for part in parts)}: {one.value}"


def _simple(one: Outcome) -> bool:
    """Tell whether an outcome is a number of all rows of a table, or of those with one value in one column."""
    plain = one.aggregate is Aggregate.COUNT and one.per is None and one.period is None
    return plain and len(one.where) <= 1 and one.value.isdigit()


def _apiece(one: Outcome) -> bool:
    """Tell whether an outcome is a number of rows of each parent with one value in one column."""
    counts = one.aggregate is Aggregate.COUNT and one.per is not None and one.period is None
    return counts and len(one.where) == 1 and one.value.isdigit() and int(one.value) > 0


def _spanning(one: Outcome) -> bool:
    """Tell whether an outcome is a number of all rows of a table in a period."""
    counts = one.aggregate is Aggregate.COUNT and one.per is None and one.period is not None
    return counts and not one.where and one.value.isdigit()


def _parts(one: Shares) -> Iterator[str]:
    for value, share in one.values.items():
        yield f"all {value}" if share == WHOLE else f"{share / 10:g} % {value}" if share else f"none {value}"
    if one.nulls is not None:
        yield f"{one.nulls / 10:g} % NULL" if one.nulls else "none NULL"


def unheard(words: str, nearest: str = "") -> Finding:
    """Return the finding on words of a request that carry meaning and were not used."""
    hint = f"The closest here: {nearest}." if nearest else "Say it in other words, or leave it out."
    return Finding("SF-SCOPE-WORDS", Severity.WARNING, "", f"Not understood: {words!r}.", hint)
