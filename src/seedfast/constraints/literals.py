"""Single conditions turned into what columns may hold: one branch, or a few where the condition leaves a choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from seedfast.constraints.bounds import compares, dates, integers, moments_of_days, of_measure, safe, sizes
from seedfast.constraints.branches import ALWAYS_KNOWN, tidy
from seedfast.constraints.constants import DECIMALS, INTEGERS, MOMENTS, TEXTS, Interval, Unbounded, at_midnight, convert
from seedfast.constraints.containers import spelled_out
from seedfast.constraints.domain import (
    Aspect,
    Bound,
    Branch,
    Canonical,
    Domain,
    Nullness,
    Part,
    Pattern,
    Place,
    Relation,
    Tie,
)
from seedfast.constraints.linear import Linear
from seedfast.constraints.logic import columns_of
from seedfast.constraints.parts import DOCUMENTS, Types, fields_of_truncated, piece_of, place_of, tieable, type_of
from seedfast.constraints.predicate import (
    Call,
    ColumnRef,
    Compare,
    Const,
    Expr,
    InList,
    IsNull,
    Match,
    Op,
    Opaque,
    PatternForm,
    Predicate,
    Value,
)
from seedfast.constraints.render import sql
from seedfast.constraints.rewrite import escape_like
from seedfast.constraints.sums import NotASumError, difference_of
from seedfast.model.types import SqlType, TypeForm

_ORDERED = INTEGERS | DECIMALS | MOMENTS | TEXTS | {"date", "time", "interval"}
_PLAIN_DOCUMENTS = frozenset({"{}", "[]", "null", "true", "false", '""'})
"""Documents that PostgreSQL writes in one way only."""

_FORMS = {"lower", "upper", "btrim", "ltrim", "rtrim"}
_CANONICAL = {
    "lower": Canonical.LOWER,
    "upper": Canonical.UPPER,
    "btrim": Canonical.TRIMMED,
    "ltrim": Canonical.TRIMMED,
    "rtrim": Canonical.TRIMMED,
}


class NotExpressibleError(ValueError):
    """No domain says this condition."""


class LiteralReader:
    """Turns conditions of one constraint, named ``source``, into branches.

    These hold what certainly satisfies a condition, or with ``outward`` all that may.
    """

    def __init__(self, types: Types, source: str, *, outward: bool = False) -> None:
        self._columns = types
        self._source = source
        self.outward = outward

    def of(self, source: str) -> LiteralReader:
        """Return a reader of another constraint's conditions."""
        return LiteralReader(self._columns, source, outward=self.outward)

    def _types(self, place: Place) -> SqlType | None:
        return type_of(place, self._columns)

    def spelled_out(self, item: Predicate, *, positive: bool) -> Predicate | None:
        """Return the condition as one on parts of its columns, None where it is none."""
        return spelled_out(item, self._columns, positive=positive)

    def branches(self, item: Predicate, *, positive: bool, definite: bool) -> tuple[Branch, ...]:
        """Return the branches in which the condition is true, or false where not ``positive``.

        Unless ``definite``, NULL is as good. No branch is returned where nothing can do that.
        """
        try:
            found = self._read(item, positive)
        except (NotExpressibleError, OverflowError):
            # Dates before the year 1 and after 9999 can't be reckoned with either.
            if isinstance(item, Opaque):
                return (Branch(opaque=(Opaque(item.sql, item.columns, item.negated is positive),)),)
            return (Branch(opaque=(Opaque(sql(item), tuple(sorted(columns_of(item))), not positive),)),)
        if found is None:
            return () if definite else (Branch(),)
        if not definite or isinstance(item, IsNull):
            return found
        present = columns_of(item)
        return tuple(made for branch in found if (made := self._present(branch, present)) is not None)

    def _present(self, branch: Branch, columns: frozenset[str]) -> Branch | None:
        domains = dict(branch.domains)
        for column in sorted(columns):
            domain = domains.get(column, Domain(sources=(self._source,)))
            if domain.nullness is Nullness.ALWAYS:
                return None
            parts = tuple((part, _with(asked, nullness=Nullness.NEVER)) for part, asked in domain.parts)
            if any(asked.nullness is Nullness.ALWAYS for _, asked in domain.parts):
                return None
            domains[column] = _with(domain, nullness=Nullness.NEVER, parts=parts)
        return replace(branch, domains=domains)

    def _read(self, item: Predicate, positive: bool) -> tuple[Branch, ...] | None:
        """Return the branches, or None for a condition that is NULL whatever the row."""
        match item:
            case Compare(op, left, right):
                return self._compare(op if positive else op.negated, left, right)
            case InList(operand, values, negated):
                return self._listed(operand, values, positive is not negated)
            case Match(operand, form, pattern, folded, negated):
                return self._matched(operand, Pattern(form, pattern, folded, negated is positive))
            case IsNull(operand, negated):
                return self._nullness(operand, absent=positive is not negated)
        raise NotExpressibleError

    def _one(self, place: Place, **fields: object) -> tuple[Branch, ...]:
        own = Domain(sources=(self._source,))
        domain = tidy(_with(own, **fields))
        if domain is not None and place.part is not None:
            domain = tidy(_with(own, parts=((place.part, domain),)))
        return (Branch({place.column: domain}),) if domain is not None else ()

    # ------------------------------------------------------------------ NULL

    def _nullness(self, operand: Expr, *, absent: bool) -> tuple[Branch, ...]:
        nullness = Nullness.ALWAYS if absent else Nullness.NEVER
        if isinstance(operand, ColumnRef):
            return self._one(Place(operand.name), nullness=nullness)
        place = place_of(operand, self._columns)
        part = None if place is None else place.part
        if place is None or part is None:
            if isinstance(operand, Call) and (operand.name in _FORMS or operand.name.startswith("cast:")):
                return self._nullness(operand.arguments[0], absent=absent)
            piece = piece_of(operand, self._columns)
            if piece is None or not piece.steps:
                raise NotExpressibleError
            part = Part(piece.steps, Aspect.TEXT)
            place = Place(piece.column, part)
        if part.aspect in ALWAYS_KNOWN and not part.steps:
            column = Place(place.column)
            if isinstance(operand, Call) and operand.name == "array_length":
                # An empty array has no length.
                if absent:
                    return (*self._one(column, nullness=nullness), *self._one(place, allowed=(0,)))
                return self._one(place, nullness=nullness, low=Bound(1, True))
            return self._one(column, nullness=nullness)
        return self._one(place, nullness=nullness)

    # ------------------------------------------------------------------ comparisons

    def _compare(self, op: Op, left: Expr, right: Expr) -> tuple[Branch, ...] | None:
        if Const(None) in (left, right):
            return None
        if left == right:
            return (Branch(),) if op in (Op.EQ, Op.LE, Op.GE) else self._all_absent(columns_of(left))
        for one, other in ((left, right), (right, left)) if op is Op.EQ else ():
            truncated = fields_of_truncated(one, other, self._columns)
            if truncated is not None:
                column, fields = truncated
                asked = ((Part((), Aspect.CALENDAR, name), Domain(allowed=kept)) for name, kept in fields.items())
                return self._one(Place(column), parts=tuple(asked))
        try:
            match right:
                case Const(value) if value is not None:
                    return self._with_constant(op, left, value)
                case Call("clock", (Const(value),)) if value is not None:
                    return self._with_constant(op, left, safe(op.mirrored if self.outward else op, value))
            return self._between(op, left, right)
        except NotExpressibleError:
            return self._added_up(op, left, right)

    def _added_up(self, op: Op, left: Expr, right: Expr) -> tuple[Branch, ...]:
        """Return the comparison of two sums of columns."""
        if op is Op.NE:
            return (*self._added_up(Op.LT, left, right), *self._added_up(Op.GT, left, right))
        if op in (Op.GE, Op.GT):
            return self._added_up(op.mirrored, right, left)
        try:
            total = difference_of(left, right, lambda name: self._kind(Place(name)))
        except NotASumError as error:
            raise NotExpressibleError from error
        if op is Op.EQ and total.low != total.high:
            raise NotExpressibleError
        # Where the constant isn't known for sure, the worst of it must do.
        bound = -(total.low if self.outward else total.high)
        if not total.factors:
            if total.low != total.high:
                raise NotExpressibleError
            return (Branch(),) if compares(op, Fraction(0), bound) else ()
        if len(total.factors) == 1:
            [(name, factor)] = total.factors.items()
            column = Place(name)
            how = op if factor > 0 else op.mirrored
            constant = of_measure(bound / factor, self._kind(column), how)
            if constant is None:
                raise NotExpressibleError
            return self._bounded(how, column, constant)
        return (Branch(sums=(Linear(tuple(sorted(total.factors.items())), op, bound, self._source),)),)

    def _all_absent(self, columns: frozenset[str]) -> tuple[Branch, ...]:
        return tuple(
            branch for column in sorted(columns) for branch in self._one(Place(column), nullness=Nullness.ALWAYS)
        )

    def _between(self, op: Op, left: Expr, right: Expr) -> tuple[Branch, ...]:
        one, one_forms = self._column(left)
        other, other_forms = self._column(right)
        if one == other and op is Op.EQ:
            return self._one(one, canonical=frozenset(_CANONICAL[form] for form in (*one_forms, *other_forms)))
        if one == other or (op is not Op.EQ and (one_forms or other_forms)) or one_forms != other_forms:
            raise NotExpressibleError
        if one.part is not None or other.part is not None:
            if one_forms or not tieable(one, op, other):
                raise NotExpressibleError
            return (self._tied(Tie(one, op, other, self._source)),)
        if {self._kind(one), self._kind(other)} & MOMENTS and "date" in {self._kind(one), self._kind(other)}:
            raise NotExpressibleError
        return (Branch(relations=(Relation(one.column, op, other.column, self._source),)),)

    def _tied(self, tie: Tie) -> Branch:
        """Return a tie's branch, in which its columns are known to have the parts."""
        domains: dict[str, Domain] = {}
        for place in (tie.left, tie.right):
            if place.part is not None:
                known = domains.get(place.column, Domain(sources=(self._source,)))
                domains[place.column] = _with(known, parts=(*known.parts, (place.part, Domain())))
        return Branch(domains, ties=(tie,))

    def _column(self, operand: Expr) -> tuple[Place, tuple[str, ...]]:
        """Return the column, or the part of one, below casts that don't matter and the forms (``lower`` ...) around it,
        outermost first.
        """
        place = place_of(operand, self._columns)
        if place is not None:
            return place, ()
        match operand:
            case ColumnRef(name):
                return Place(name), ()
            case Call(name, (inner,)) if name in _FORMS:
                column, forms = self._column(inner)
                return column, (name, *forms)
            case Call(name, (inner,)) if name.startswith("cast:"):
                column, forms = self._column(inner)
                if self._harmless(column, name.removeprefix("cast:")):
                    return column, forms
        raise NotExpressibleError

    def _harmless(self, column: Place, kind: str) -> bool:
        """Return whether a cast of the column to the type changes nothing that a comparison sees."""
        known = self._types(column)
        if known is None:
            return kind in TEXTS or kind in DECIMALS or kind in {"int8", "int4"}
        own = known.storage
        if own.name == kind or (own.form is TypeForm.ENUM and kind in TEXTS):
            return True
        if own.name in TEXTS:
            return kind in TEXTS
        if own.name in INTEGERS:
            return kind in INTEGERS or kind in DECIMALS
        if own.name in DECIMALS:
            return kind in DECIMALS
        if own.name in MOMENTS:
            return kind in MOMENTS
        return (own.name == "date" and kind in MOMENTS) or (own.name in {"uuid", "bool"} and kind in TEXTS)

    def _with_constant(self, op: Op, left: Expr, value: Value) -> tuple[Branch, ...]:
        match left:
            case Call("length" | "octet_length" as name, (inner,)) if type(value) is int:
                return self._sized(name, op, inner, value)
            case Call("cast:date", (ColumnRef(name),)) if self._kind(Place(name)) in MOMENTS and isinstance(
                value, date
            ):
                return tuple(b for asked in moments_of_days(op, value) for b in self._one(Place(name), **asked))
            case Call("cast:text" | "cast:varchar", (ColumnRef(name),)) if self._kind(Place(name)) in {
                "date",
                *MOMENTS,
            }:
                return self._bounded(op, Place(name), self._fitting(Place(name), value))
            case Call("cast:text" | "cast:varchar", (ColumnRef(name),)) if self._kind(Place(name)) in DOCUMENTS:
                # json keeps its text; of jsonb these few are sure to be written as they are read.
                if op not in (Op.EQ, Op.NE) or (self._kind(Place(name)) == "jsonb" and value not in _PLAIN_DOCUMENTS):
                    raise NotExpressibleError
                return self._bounded(op, Place(name), value)
            case Call("extract", (Const("year"), inner)) if isinstance(value, (int, Decimal)):
                return self._in_year(op, inner, int(value))
        column, forms = self._column(left)
        if forms:
            if not isinstance(value, str):
                raise NotExpressibleError
            return self._formed(op, column, forms, value)
        return self._bounded(op, column, self._fitting(column, value))

    def _kind(self, column: Place) -> str:
        known = self._types(column)
        return "" if known is None else known.storage.name

    def _fitting(self, column: Place, value: Value) -> Value:
        """Return the constant as the column's type keeps it."""
        known = self._types(column)
        if known is None:
            return value
        kind = known.storage.name
        if kind in INTEGERS and isinstance(value, Decimal):
            return value
        if kind == "date" and isinstance(value, datetime):
            return value
        try:
            made = convert(value, kind) if isinstance(value, str) or kind in MOMENTS else value
        except ValueError as error:
            raise NotExpressibleError from error
        if isinstance(made, Interval):
            return made.elapsed
        if isinstance(made, Unbounded):
            raise NotExpressibleError
        return made

    def _bounded(self, op: Op, column: Place, value: Value) -> tuple[Branch, ...]:
        known = self._types(column)
        own = known.storage if known is not None else None
        labels: tuple[Value, ...] = own.labels if own is not None and own.form is TypeForm.ENUM else ()
        if isinstance(value, bool):
            labels = (False, True)
        if labels and value in labels:
            place = labels.index(value)
            kept = tuple(label for n, label in enumerate(labels) if compares(op, n, place))
            return self._one(column, allowed=kept)
        if op is Op.EQ and self.outward and self._kind(column) == "citext":
            return self._formed(op, column, (), str(value))
        if op is Op.EQ:
            return self._one(column, allowed=(value,))
        if op is Op.NE:
            return self._different(column, value)
        if own is not None and own.name not in _ORDERED:
            raise NotExpressibleError
        if own is not None and own.name in INTEGERS and isinstance(value, (int, Decimal)):
            return self._one(column, **integers(op, value))
        if own is not None and own.name == "date" and isinstance(value, date):
            return self._one(column, **dates(op, value))
        bound = Bound(value, op in (Op.LE, Op.GE))
        return self._one(column, **{"high" if op in (Op.LT, Op.LE) else "low": bound})

    def _different(self, column: Place, value: Value) -> tuple[Branch, ...]:
        if value == "" and self._kind(column) in TEXTS | {""}:
            return self._one(column, min_length=1, not_blank=self._kind(column) == "bpchar")
        if isinstance(value, str) and self._kind(column) == "citext":
            return self._one(column, patterns=(Pattern(PatternForm.LIKE, escape_like(value), True, True),))
        return self._one(column, excluded=(value,))

    def _in_year(self, op: Op, inner: Expr, year: int) -> tuple[Branch, ...]:
        column, forms = self._column(inner)
        if forms or self._kind(column) not in {"date", *MOMENTS} or not 1 <= year <= 9998:
            raise NotExpressibleError
        start, end = date(year, 1, 1), date(year + 1, 1, 1)
        edges = {Op.GE: (Op.GE, start), Op.GT: (Op.GE, end), Op.LT: (Op.LT, start), Op.LE: (Op.LT, end)}
        if op in edges:
            how, edge = edges[op]
            return self._bounded(how, column, self._fitting(column, edge))
        if op is Op.NE:
            return (*self._in_year(Op.LT, inner, year), *self._in_year(Op.GT, inner, year))
        if self._kind(column) == "date":
            return self._one(column, low=Bound(start, True), high=Bound(date(year, 12, 31), True))
        return self._one(column, low=Bound(at_midnight(start), True), high=Bound(at_midnight(end), False))

    # ------------------------------------------------------------------ text

    def _sized(self, name: str, op: Op, inner: Expr, size: int) -> tuple[Branch, ...]:
        column, forms = self._column(inner)
        low, high = sizes(op, size)
        if op is Op.NE:
            shorter, longer = ((None, size - 1), (size + 1, None)) if size > 0 else ((1, None), (1, None))
            pairs = [longer] if shorter == longer else [shorter, longer]
            return tuple(b for pair in pairs for b in self._of_size(name, column, forms, pair))
        return self._of_size(name, column, forms, (low, high))

    def _of_size(
        self, name: str, column: Place, forms: Sequence[str], size: tuple[int | None, int | None]
    ) -> tuple[Branch, ...]:
        low, high = size
        if high is not None and high < 0:
            return self._one(column, nullness=Nullness.ALWAYS)
        low = low if low is not None and low > 0 else None
        trimmed = any(_CANONICAL[form] is Canonical.TRIMMED for form in forms)
        canonical = frozenset({Canonical.TRIMMED}) if trimmed and (low or 0, high) != (1, None) else frozenset()
        if canonical and self.outward:
            raise NotExpressibleError
        fields: dict[str, object] = {"canonical": canonical, "not_blank": trimmed and low is not None}
        if name == "octet_length" or self._kind(column) == "bytea":
            fields["octets"] = (low, high)
        else:
            fields |= {"min_length": low, "max_length": high}
        return self._one(column, **fields)

    def _formed(self, op: Op, column: Place, forms: Sequence[str], value: str) -> tuple[Branch, ...]:
        """Return branches for ``lower(column) = value`` and its like; the column is kept in the function's own form."""
        canonical = frozenset(_CANONICAL[form] for form in forms)
        if op is Op.EQ and self.outward:
            return self._one(column, patterns=(self._folded(forms, PatternForm.LIKE, escape_like(value)),))
        if op is Op.EQ:
            return self._one(column, allowed=(value,), canonical=canonical)
        if op is Op.NE and Canonical.TRIMMED in canonical and value == "":
            return self._one(column, not_blank=True)
        if op is Op.NE and Canonical.TRIMMED not in canonical:
            return self._one(column, patterns=(Pattern(PatternForm.LIKE, escape_like(value), True, True),))
        if op is Op.NE and not self.outward:
            return self._one(column, excluded=(value,), canonical=canonical)
        raise NotExpressibleError

    def _listed(self, operand: Expr, values: Sequence[Value], inside: bool) -> tuple[Branch, ...]:
        column, forms = self._column(operand)
        if forms and not inside:
            patterns = []
            for value in values:
                if not isinstance(value, str) or any(_CANONICAL[form] is Canonical.TRIMMED for form in forms):
                    raise NotExpressibleError
                patterns.append(Pattern(PatternForm.LIKE, escape_like(value), True, True))
            return self._one(column, patterns=tuple(patterns))
        fitted = tuple(self._fitting(column, value) for value in values)
        if inside and self.outward and (forms or self._kind(column) == "citext"):
            return tuple(branch for value in fitted for branch in self._formed(Op.EQ, column, forms, str(value)))
        if inside:
            return self._one(column, allowed=fitted, canonical=frozenset(_CANONICAL[form] for form in forms))
        known = self._types(column)
        if known is not None and known.storage.form is TypeForm.ENUM:
            return self._one(column, allowed=tuple(label for label in known.storage.labels if label not in fitted))
        if known is not None and known.storage.name == "bool":
            return self._one(column, allowed=tuple(value for value in (False, True) if value not in fitted))
        if self._kind(column) == "citext":
            patterns = [Pattern(PatternForm.LIKE, escape_like(str(value)), True, True) for value in fitted]
            return self._one(column, patterns=tuple(patterns))
        return self._one(column, excluded=fitted)

    def _matched(self, operand: Expr, pattern: Pattern) -> tuple[Branch, ...]:
        column, forms = self._column(operand)
        known = self._types(column)
        fields: dict[str, object] = {"patterns": (pattern,)}
        if known is not None and known.storage.form is TypeForm.ENUM:
            fields["allowed"] = known.storage.labels
        elif known is not None and known.storage.name not in TEXTS:
            raise NotExpressibleError
        if forms and self.outward:
            if pattern.negated:
                raise NotExpressibleError
            return self._one(column, **{**fields, "patterns": (self._folded(forms, pattern.form, pattern.pattern),)})
        return self._one(column, canonical=frozenset(_CANONICAL[form] for form in forms), **fields)

    def _folded(self, forms: Sequence[str], form: PatternForm, pattern: str) -> Pattern:
        """Return a pattern that every text meets which, in lower or upper case, meets this one."""
        if any(_CANONICAL[each] is Canonical.TRIMMED for each in forms):
            raise NotExpressibleError
        return Pattern(form, pattern, folded=True)


def _with(domain: Domain, **fields: object) -> Domain:
    own = {name: getattr(domain, name) for name in Domain.__slots__}
    return Domain(**{**own, **fields})
