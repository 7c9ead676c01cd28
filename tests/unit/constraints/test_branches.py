from __future__ import annotations

from seedfast.constraints.branches import combine, contains, distinct, intersect, merge, renamed
from seedfast.constraints.domain import Bound, Branch, Domain, Nullness, Pattern, Relation
from seedfast.constraints.predicate import Op, Opaque, PatternForm

NEVER, ALWAYS = Nullness.NEVER, Nullness.ALWAYS


def test_intersecting_keeps_the_tighter_of_everything() -> None:
    left = Domain(
        low=Bound(1, True), high=Bound(9, True), min_length=2, octets=(None, 8), excluded=(5,), sources=("a",)
    )
    right = Domain(low=Bound(1, False), high=Bound(12, True), max_length=4, octets=(1, 9), sources=("b",))
    assert intersect(left, right) == Domain(
        allowed=(2, 3, 4, 6, 7, 8, 9), min_length=2, max_length=4, octets=(1, 8), sources=("a", "b")
    )


def test_what_leaves_no_value_leaves_null_or_nothing() -> None:
    low, high = Domain(low=Bound(5, True)), Domain(high=Bound(4, True))
    assert intersect(low, high) == Domain(nullness=ALWAYS)
    assert intersect(Domain(nullness=NEVER, low=Bound(5, True)), high) is None
    assert intersect(Domain(nullness=NEVER), Domain(nullness=ALWAYS)) is None
    like = Pattern(PatternForm.LIKE, "a%")
    opposite = Pattern(PatternForm.LIKE, "a%", negated=True)
    assert intersect(Domain(nullness=NEVER, patterns=(like,)), Domain(patterns=(opposite,))) is None


def test_relations_that_cannot_both_hold_are_a_contradiction() -> None:
    present = {"a": Domain(nullness=NEVER), "b": Domain(nullness=NEVER)}
    less, more = (Branch(present, (Relation("a", op, "b", "c"),)) for op in (Op.LT, Op.GE))
    assert merge(less, more) is None
    assert merge(less, Branch(present, (Relation("b", Op.NE, "a", "c"),))) is not None


def test_a_relation_that_bounds_and_lists_leave_no_room_for_is_a_contradiction() -> None:
    related = Branch({}, (Relation("a", Op.GE, "b", "c"),))
    early, late = Domain(nullness=NEVER, allowed=(1, 2)), Domain(nullness=NEVER, low=Bound(2, False))
    assert merge(related, Branch({"a": early, "b": late})) is None
    assert merge(related, Branch({"a": late, "b": early})) is not None
    touching = Domain(nullness=NEVER, low=Bound(2, True))
    assert merge(related, Branch({"a": early, "b": touching})) is not None
    maybe = Domain(allowed=(1, 2))
    assert merge(related, Branch({"a": maybe, "b": late})) is not None


def test_a_relation_to_a_column_that_is_null_falls_away() -> None:
    related = Branch(relations=(Relation("a", Op.LT, "b", "c"),))
    merged = merge(related, Branch({"a": Domain(nullness=ALWAYS)}))
    assert merged is not None
    assert merged.relations == ()


def test_containment() -> None:
    wide = Branch({"a": Domain(low=Bound(1, True))})
    assert contains(wide, Branch({"a": Domain(low=Bound(2, True))}))
    assert contains(wide, Branch({"a": Domain(allowed=(3, 4))}))
    assert contains(wide, Branch({"a": Domain(nullness=ALWAYS)}))
    assert not contains(wide, Branch())
    assert not contains(Branch(opaque=(Opaque("f(a)", ("a",)),)), wide)
    assert distinct([Branch({"a": Domain(allowed=(3,))}), wide, wide]) == (wide,)


def test_combining_keeps_every_branch_of_either_side_within_the_limit() -> None:
    left = [Branch({"a": Domain(allowed=(n,))}) for n in range(10)]
    right = [Branch({"b": Domain(allowed=(n,))}) for n in range(7)]
    assert len(combine(left, right, 70)) == 70
    kept = combine(left, right, 12)
    assert len(kept) == 12
    assert {branch.domain("a").allowed for branch in kept} == {(n,) for n in range(10)}
    assert {branch.domain("b").allowed for branch in kept} == {(n,) for n in range(7)}
    assert combine(left, [Branch({"a": Domain(nullness=NEVER, allowed=(99,))})]) == ()


def test_renaming_reaches_everything() -> None:
    branch = Branch({"a": Domain()}, (Relation("a", Op.LT, "b", "c"),), (Opaque("f(a)", ("a",)),))
    assert renamed(branch, "a", "x") == Branch(
        {"x": Domain()}, (Relation("x", Op.LT, "b", "c"),), (Opaque("f(a)", ("x",)),)
    )
