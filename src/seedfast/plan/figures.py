"""Columns that others of their row add up to, where no constraint says otherwise and the sum has room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from seedfast.constraints.domain import Domain, Nullness, Relation
from seedfast.plan import cells, measures
from seedfast.plan.demands import bounded
from seedfast.plan.draft import Draft, Drafts
from seedfast.plan.lookups import known, look_up
from seedfast.plan.parts import nested_inputs
from seedfast.plan.spec import GeneratorPlan
from seedfast.semantics.figures import Duration, Figure, ascending, bounds, durations, figures, measured

KIND = "figure"
"""The kind of value that adds siblings up."""

RISING = "figure.rising"
"""The kind of value that is above those of the rows before."""

_SPANS = {"timestamp": 1, "date": 86_400}
_MOST_DIGITS = 9
"""Sums and products are worked out to so many digits after the point; a column of more gets noughts."""

_SHORTEST = 60
"""What lasts may last so many seconds, however short such things usually are: moments are whole seconds."""

Span = tuple[Fraction, Fraction | None]
"""The least value and the greatest, None where that isn't known."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum of products of columns that are drawn, each with the least and the greatest factor it may have."""

    parts: Mapping[tuple[str, ...], tuple[Fraction, Fraction]]

    def plus(self, other: _Sum) -> _Sum:
        parts = dict(self.parts)
        for names, (low, high) in other.parts.items():
            mine = parts.get(names, (Fraction(0), Fraction(0)))
            parts[names] = mine[0] + low, mine[1] + high
        return _Sum(parts)

    def times(self, other: _Sum) -> _Sum:
        out = _Sum({})
        for names, ends in self.parts.items():
            for others, theirs in other.parts.items():
                products = [one * two for one in ends for two in theirs]
                out = out.plus(_Sum({tuple(sorted((*names, *others))): (min(products), max(products))}))
        return out


def add_up(draft: Draft, drafts: Drafts, chronology: Sequence[tuple[str, str]]) -> None:
    """Let columns that others add up to hold that sum, and what is added to a sum be a usual part of it."""
    for figure in figures(draft.table):
        _Adding(draft, drafts, chronology).figure(figure)
    for duration in durations(draft.table):
        _Adding(draft, drafts, chronology).duration(duration)


def within_parents(draft: Draft, drafts: Drafts) -> tuple[Relation | tuple[str, str], ...]:
    """Return what keeps a row within the bounds that its parents set: by their triggers, and what it has measured
    between the ends that its sensor, or another parent, has.
    """
    return (*bounded(draft, drafts), *_between_ends(draft, drafts))


def _between_ends(draft: Draft, drafts: Drafts) -> tuple[tuple[str, str], ...]:
    value = measured(draft.table)
    if value is None or value not in draft.generators or bounds(draft.table) is not None:
        return ()
    for reference in list(draft.references.values()):
        parent = drafts[reference.parent]
        ends = bounds(parent.table)
        if reference.parent != draft.name and ends is not None and all(known(parent, end) for end in ends):
            units = {measures.unit_of(parent.table.column(end).type) for end in ends}
            if units == {measures.unit_of(draft.table.column(value).type)}:
                low, high = (look_up(draft, reference, end) for end in ends)
                return (low, value), (value, high)
    return ()


def unsettled(draft: Draft, pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of moments but those whose later one adds up to itself: its beginning is early enough."""
    settled = {name for name, made in draft.generators.items() if any(one.kind == KIND for one in made)}
    return tuple(pair for pair in pairs if pair[1] not in settled)


def in_order(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return the pairs of numbers of which the first is not to be the greater, but for those that add up anyway."""
    pairs = []
    for pair in ascending(draft.table):
        made = [draft.generators.get(name) for name in pair]
        packed = all(one is not None and one[0].kind.startswith("pack") for one in made)
        reached = any(one in reached_from(draft, [other]) for one, other in (pair, pair[::-1]))
        if None not in made and not packed and not reached:
            pairs.append(pair)
    return tuple(pairs)


def reached_from(draft: Draft, names: Sequence[str]) -> set[str]:
    """Return some columns and all that decide on them in their row."""
    waiting, seen = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += [each for made in draft.generators.get(name, ()) for each in nested_inputs(made.params)]
    return seen


def end_with_durations(draft: Draft) -> None:
    """Let what lasts as long as a column says end no later than such things do."""
    for duration in durations(draft.table):
        made = draft.generators.get(duration.column, ())
        ends = draft.generators.get(duration.end)
        if ends is None or len(made) != len(ends) or f"column {duration.end}" in draft.digits:
            continue
        unit = measures.unit_of(draft.table.column(duration.end).type) or ""
        changed = []
        for lasting, end in zip(made, ends, strict=True):
            params = dict(end.params)
            after = any(duration.start in nested_inputs(bound) for bound in params.get("above", ()))
            if lasting.kind == KIND and end.kind == "relative.between" and after and "usual" in lasting.params:
                longest = Fraction(str(lasting.params["usual"])) * Fraction(duration.seconds or "1")
                near = max(_SHORTEST // _SPANS[unit], int(longest / _SPANS[unit]), 1)
                params["spread"] = min(params.get("spread", near), near)
            changed.append(replace(end, params=params))
        draft.generators[duration.end] = tuple(changed)


@dataclass(slots=True)
class _Adding:
    """One table while its columns are made to add up."""

    draft: Draft
    drafts: Drafts
    chronology: Sequence[tuple[str, str]]

    def figure(self, figure: Figure) -> None:
        """Make one column the sum that it should be, where there is room for it in every branch that has one."""
        if not self._free(figure.column, figure.inputs) or (figure.share and not self._may_share(figure)):
            return
        parts = {one.column: one.rates for one in figure.added if one.rates and self._is_part(one.column, figure)}
        made: list[GeneratorPlan] = []
        before = {name: self.draft.generators[name] for name in (figure.column, *figure.inputs) if self._own(name)}
        for number, generator in enumerate(self.draft.generators[figure.column]):
            if generator.kind == "null":
                made.append(generator)
                continue
            for name, rates in parts.items():
                self._part(number, name, figure, rates)
            plan = self._planned(number, figure)
            if plan is None:
                self.draft.generators.update(before)
                return
            made.append(plan)
        self.draft.generators[figure.column] = tuple(made)
        self.draft.reasons[figure.column] = figure.reason
        for name in parts:
            self.draft.reasons[name] = f"a usual part of {' x '.join(figure.base)}"

    def duration(self, duration: Duration) -> None:
        """Let a column say how long it is from a row's beginning to its end."""
        inputs = (duration.start, duration.end)
        if not self._free(duration.column, inputs) or not all(self._own(name) for name in inputs):
            return
        if all(made.kind.startswith("pack") for made in self.draft.generators[duration.column]):
            self._end_after(duration)
            return
        table = self.draft.table
        ends = self.draft.generators[duration.end]
        ongoing = any(made.null_permille or made.kind == "null" for made in ends)
        if ongoing and not self.draft.nullable(duration.column):
            return
        unit = measures.unit_of(table.column(duration.column).type)
        days = measures.unit_of(table.column(duration.end).type) == "date"
        if unit is None or (days and duration.seconds is None):
            return
        size = Fraction(86_400 if days else 1) / Fraction(duration.seconds or "1")
        terms = [_term([duration.end], size), _term([duration.start], -size)]
        made = []
        for number, generator in enumerate(self.draft.generators[duration.column]):
            if generator.kind == "null":
                made.append(generator)
                continue
            params = {**self._measure(number, duration.column), "terms": terms, "cut": True}
            if "high" in generator.params:
                params["usual"] = str(cells.worth(measures.read(unit, generator.params["high"])))
            made.append(GeneratorPlan(KIND, params))
        self.draft.generators[duration.column] = tuple(made)
        self.draft.reasons[duration.column] = f"from {duration.start} to {duration.end}"

    def _end_after(self, duration: Duration) -> None:
        """Let what lasts as long as a data pack says end then."""
        made = self.draft.generators[duration.end]
        moments = measures.unit_of(self.draft.table.column(duration.end).type) == "timestamp"
        plain = all(one.kind == "time.timestamp" for one in made)
        behind = reached_from(self.draft, (duration.start, duration.column))
        settled = self.draft.referenced | self.draft.overrides.keys() | behind
        keyed = any(duration.end in (*key.columns, *key.predicate_columns) for key in self.draft.table.unique_keys)
        if not (plain and moments) or keyed or duration.end in settled or f"column {duration.end}" in self.draft.digits:
            return
        if not all(is_interval(domain) for domain in self.draft.domains(duration.end)):
            return
        terms = [_term([duration.start], Fraction(1)), _term([duration.column], Fraction(duration.seconds or "1"))]
        ending = GeneratorPlan(KIND, {"unit": "timestamp", "terms": terms})
        self.draft.generators[duration.end] = (ending,) * len(made)
        self.draft.reasons[duration.end] = f"{duration.column} after {duration.start}"

    # What may be decided.

    def _may_share(self, figure: Figure) -> bool:
        """Tell whether a column may be a part of others: nobody knows better, and it has the digits."""
        kinds = {made.kind for made in self.draft.generators[figure.column]}
        scale = self.draft.table.column(figure.column).type.storage.scale
        room = scale is None or scale >= figure.digits
        return room and not any(kind.startswith(("pack", "relative", "choice")) for kind in kinds)

    def _own(self, name: str) -> bool:
        return name in self.draft.generators

    def _free(self, name: str, inputs: Sequence[str]) -> bool:
        """Tell whether nothing else decides on a column, nor would on its inputs by way of it."""
        draft = self.draft
        made = draft.generators.get(name)
        if made is None or name in draft.referenced | draft.overrides.keys() or f"column {name}" in draft.digits:
            return False
        if any(name in key.columns or name in key.predicate_columns for key in draft.table.unique_keys):
            return False
        if {one.kind for one in made} & {"accepted", "relative.equal"}:
            return False
        if not all(self._own(each) and measures.unit_of(draft.table.column(each).type) for each in inputs):
            return False
        for branch in draft.branches:
            if any(name in (tie.left.column, tie.right.column) for tie in branch.ties):
                return False
        plain = all(is_interval(domain) for domain in draft.domains(name))
        behind = reached_from(draft, inputs)
        tied = next((group for group in self._groups() if name in group), frozenset())
        return plain and name not in behind and not tied & behind

    def _groups(self) -> list[frozenset[str]]:
        """Return the columns that are drawn from one another, by group."""
        draft = self.draft
        sets = [frozenset(pair) for pair in self.chronology]
        for branch in draft.branches:
            sets += [frozenset(one.columns) for one in branch.sums]
            sets += [frozenset((one.left, one.right)) for one in branch.relations]
        groups: list[frozenset[str]] = []
        for one in sets:
            met = [group for group in groups if group & one]
            groups = [group for group in groups if not group & one] + [one.union(*met)]
        return groups

    def _is_part(self, name: str, figure: Figure) -> bool:
        """Tell whether what is added may be chosen as a part of the base."""
        kinds = {made.kind for made in self.draft.generators[name]}
        known = KIND in kinds or any(kind.startswith(("pack", "relative", "choice")) for kind in kinds)
        return not known and self._free(name, figure.base) and not self._is_rate(0, name)

    def _is_rate(self, number: int, name: str) -> bool:
        """Tell whether what should be an amount is a share, such as a discount of 0.15."""
        high, kind = self._span(number, name)[1], self.draft.table.column(name).type.storage
        narrow = kind.precision is not None and kind.precision - (kind.scale or 0) <= 1
        floating = measures.unit_of(kind) == "float"
        return (narrow or floating) and high is not None and high <= 1

    # What is written down.

    def _part(self, number: int, name: str, figure: Figure, rates: Sequence[tuple[str, int]]) -> None:
        made = list(self.draft.generators[name])
        terms = [_term(figure.base, Fraction(1))]
        params = {
            **self._measure(number, name),
            "terms": terms,
            "rates": [rate for rate, _ in rates],
            "weights": [often for _, often in rates],
        }
        made[number] = GeneratorPlan(KIND, params, made[number].null_permille)
        self.draft.generators[name] = tuple(made)

    def _planned(self, number: int, figure: Figure) -> GeneratorPlan | None:
        """Return the sum's generator in one branch, None where it has no room there."""
        terms = [_term(figure.base, Fraction(1))]
        if figure.rate is not None:
            terms = [_term((*figure.base, figure.rate), self._share(number, figure.rate))]
        for name, sign in figure.scaled:
            terms.append(_term((*figure.base, name), sign * self._share(number, name), optional=True))
        for one in figure.added:
            if self._is_rate(number, one.column):
                terms.append(_term((*figure.base, one.column), Fraction(one.sign), optional=True))
            elif self.draft.generators[one.column][number].kind != "null":
                terms.append(_term((one.column,), Fraction(one.sign), optional=True))
        needed = (*figure.base, *((figure.rate,) if figure.rate is not None else ()))
        if not self._known(number, figure.column, needed):
            return None
        params = {**self._measure(number, figure.column), "terms": terms}
        if figure.share:
            params |= {"rates": [rate for rate, _ in figure.share], "weights": [often for _, often in figure.share]}
            params |= {"scale": max(params["scale"], figure.digits)} if "scale" in params else {}
        low, high = self._fitted(number, figure, params)
        floor, ceiling = self._ends(number, figure.column)
        if not figure.signed:
            floor = Fraction(0) if floor is None else max(floor, Fraction(0))
        if (floor is not None and low < floor) or (high is not None and ceiling is not None and high > ceiling):
            return None
        unit = str(params["unit"])
        params["low"] = cells.parameter(unit, low)
        if high is None:
            del params["low"]
        else:
            params["high"] = cells.parameter(unit, high)
        return GeneratorPlan(KIND, params)

    def _measure(self, number: int, name: str) -> dict[str, Any]:
        """Return how a column's values are counted, and the bounds that its domain and type set."""
        column = self.draft.table.column(name)
        unit = measures.unit_of(column.type) or ""
        params: dict[str, Any] = {"unit": unit}
        if unit == "decimal":
            known = self.draft.generators[name][number].params.get("scale")
            scale = column.type.storage.scale
            digits = max(0, 2 if scale is None else scale) if known is None else known
            params["scale"] = min(digits, _MOST_DIGITS)
        for side, end in zip(("floor", "ceiling"), self._ends(number, name), strict=True):
            if end is not None:
                params[side] = cells.parameter(unit, end)
        return params

    def _ends(self, number: int, name: str) -> tuple[Fraction | None, Fraction | None]:
        column = self.draft.table.column(name)
        unit = measures.unit_of(column.type) or ""
        domain = self.draft.branches[number].domain(name)
        low, high = measures.widest(
            domain, unit, measures.step_of(column.type, unit), measures.type_limits(column.type)
        )
        return (None if low is None else cells.worth(low)), (None if high is None else cells.worth(high))

    def _known(self, number: int, name: str, inputs: Sequence[str]) -> bool:
        """Tell whether what a column needs is there wherever the column must be, and see to it where that can be."""
        if self.draft.nullable(name):
            return all(self.draft.generators[each][number].kind != "null" for each in inputs)
        for each in inputs:
            made = list(self.draft.generators[each])
            if made[number].kind == "null" or (made[number].kind == "relative.equal" and self.draft.nullable(each)):
                return False
            if made[number].kind == KIND and self.draft.nullable(each):
                return False
            made[number] = replace(made[number], null_permille=0)
            self.draft.generators[each] = tuple(made)
        return True

    # What sums may come to.

    def _fitted(self, number: int, figure: Figure, params: Mapping[str, Any]) -> Span:
        """Return what a sum may come to, once its factors are as small as the column asks."""
        ceiling = self._ends(number, figure.column)[1]
        for name in figure.base:
            span = self._worth(number, params)
            if ceiling is None or span[1] is None or span[1] <= ceiling:
                return span
            self._lessen(number, name, ceiling / span[1])
        return self._worth(number, params)

    def _lessen(self, number: int, name: str, share: Fraction) -> None:
        """Bring a number's usual values down to a share of them."""
        made = list(self.draft.generators[name])
        generator, unit = made[number], measures.unit_of(self.draft.table.column(name).type) or ""
        own = generator.kind.startswith(("number.", "finance.")) and f"column {name}" not in self.draft.digits
        own = own and name not in self.draft.overrides
        if not own or not {"low", "high"} <= generator.params.keys():
            return
        low, high = (cells.worth(measures.read(unit, generator.params[end])) for end in ("low", "high"))
        tick = cells.tick_of(unit, generator.params.get("scale", self.draft.table.column(name).type.storage.scale))
        less = high * share // tick * tick
        if less > low:
            params = {**generator.params, "high": cells.parameter(unit, less)}
            made[number] = replace(generator, params=params)
            self.draft.generators[name] = tuple(made)

    def _share(self, number: int, name: str) -> Fraction:
        """Return what a rate's unit is: one, or a hundredth where rates are percentages."""
        high = self._span(number, name)[1]
        return Fraction(1) if high is not None and high <= 1 else Fraction(1, 100)

    def _worth(self, number: int, params: Mapping[str, Any]) -> Span:
        total = self._expanded(number, params)
        low, high = Fraction(0), Fraction(0)
        known = True
        for names, factors in total.parts.items():
            least, most = Fraction(1), Fraction(1)
            for name in names:
                one, other = self._span(number, name)
                if other is None:
                    known = False
                    other = max(one, Fraction(1))
                products = [least * one, least * other, most * one, most * other]
                least, most = min(products), max(products)
            products = [factor * each for factor in factors for each in (least, most)]
            low, high = low + min(products), high + max(products)
        return low, (high if known else None)

    def _expanded(self, number: int, params: Mapping[str, Any]) -> _Sum:
        """Return a figure as a sum over columns, with what is a part or a share of them counted as that."""
        total = _Sum({})
        for term in params["terms"]:
            product = _Sum({(): (Fraction(term["factor"]), Fraction(term["factor"]))})
            for place, one in enumerate(term["of"]):
                product = product.times(self._factor(number, one["column"], term, last=place == len(term["of"]) - 1))
            total = total.plus(product)
        if params.get("rates"):
            rates = [Fraction(rate) for rate in params["rates"]]
            total = total.times(_Sum({(): (min(rates), max(rates))}))
        return total

    def _factor(self, number: int, name: str, term: Mapping[str, Any], *, last: bool) -> _Sum:
        """Return what a column brings into a product: a share lessens what it is of, a part is one of its base."""
        low, high = self._span(number, name)
        if last and len(term["of"]) > 1 and low >= 0 and high is not None and high * abs(Fraction(term["factor"])) <= 1:
            return _Sum({(): (low, high)})
        made = self.draft.generators[name][number]
        if made.kind == KIND and len(made.params["terms"]) == 1:
            inner = self._expanded(number, made.params)
            if made.params.get("rates") or any(low < high for low, high in inner.parts.values()):
                return inner
        return _Sum({(name,): (Fraction(1), Fraction(1))})

    def _span(self, number: int, name: str) -> Span:
        """Return the least and the greatest value of a column in a branch."""
        made = self.draft.generators[name][number]
        source, column = self.draft, name
        while made.kind == "relative.equal":
            column = str(made.params["column"])
            lookup = source.lookups.get(column)
            if lookup is not None:
                source, column = self.drafts[source.references[lookup.reference].parent], lookup.parent_column
            generators = source.generators.get(column, ())
            if not generators or source.existing:
                return Fraction(0), None
            spans = [span_of(source, column, each) for each in generators if each.kind != "null"]
            highs = [high for _, high in spans]
            known = [high for high in highs if high is not None]
            return min((low for low, _ in spans), default=Fraction(0)), max(known) if known == highs and known else None
        return span_of(source, column, made)


def span_of(draft: Draft, name: str, made: GeneratorPlan) -> Span:
    """Return the least and the greatest value that a generator gives a column."""
    unit = measures.unit_of(draft.table.column(name).type)
    params = made.params
    if unit is None:
        return Fraction(0), None
    if "usual" in params:
        return Fraction(0), Fraction(str(params["usual"]))
    if made.kind in ("constant", "choice"):
        values = [params["value"]] if made.kind == "constant" else params.get("values", ())
        worths = [cells.worth(measures.read(unit, value)) for value in values]
        return (min(worths), max(worths)) if worths else (Fraction(0), None)
    if "low" not in params or "high" not in params:
        return Fraction(0), None
    ends = [params.get(wide, params[usual]) for wide, usual in (("floor", "low"), ("ceiling", "high"))]
    if made.kind != "relative.between":
        ends = [params["low"], params["high"]]
    low, high = (cells.worth(measures.read(unit, end)) for end in ends)
    return low, high


def is_interval(domain: Domain) -> bool:
    """Tell whether a domain says nothing but between which ends values lie."""
    return replace(domain, low=None, high=None, nullness=Nullness.MAYBE, sources=()) == Domain()


def _term(names: Sequence[str], factor: Fraction, *, optional: bool = False) -> dict[str, Any]:
    term: dict[str, Any] = {"of": [{"column": name} for name in names], "factor": str(factor)}
    return {**term, "optional": True} if optional else term
