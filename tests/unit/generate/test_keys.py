"""Keys whose digits are parents that must agree with others of the row: numbers are distinct keys, all of them."""

import numpy as np
import pytest

from seedfast.generate.engine import Engine
from seedfast.names import QualifiedName
from seedfast.plan.spec import (
    BranchPlan,
    ColumnPlan,
    Digit,
    GenerationPlan,
    GeneratorPlan,
    KeyPlan,
    Pick,
    ReferencePlan,
    Source,
    Status,
    TablePlan,
)
from seedfast.values.default import default_registry

FIRMS, KINDS, PEOPLE, CONTACTS = (QualifiedName("public", name) for name in ("firms", "kinds", "people", "contacts"))


def numbered(name, rows):
    return TablePlan(
        name, Status.FILL, 0, rows, columns=(ColumnPlan("id", "bigint", Source.GENERATED, (serial(),)),), branches=ONE
    )


def serial():
    return GeneratorPlan("number.serial", {})


def pointing(column, parent, pick, **options):
    return (
        ColumnPlan(column, "bigint", Source.REFERENCE, reference=column, parent_column="id"),
        ReferencePlan(column, (column,), parent, ("id",), pick, **options),
    )


ONE = (BranchPlan(1),)


def engine(firms, kinds, people, rows):
    """Contacts of a firm, of a kind, with one of the firm's people; no two are alike in all three."""
    employer = pointing("firm_id", FIRMS, Pick.SKEWED)
    staff = TablePlan(
        PEOPLE,
        Status.FILL,
        0,
        people,
        columns=(ColumnPlan("id", "bigint", Source.GENERATED, (serial(),)), employer[0]),
        references=(employer[1],),
        branches=ONE,
    )
    made = [
        pointing("firm_id", FIRMS, Pick.DIGIT, digit=Digit("key", 0)),
        pointing("kind_id", KINDS, Pick.DIGIT, digit=Digit("key", 1)),
        (
            ColumnPlan("person_id", "bigint", Source.REFERENCE, reference="person_id", parent_column="id"),
            ReferencePlan(
                "person_id",
                ("firm_id", "person_id"),
                PEOPLE,
                ("firm_id", "id"),
                Pick.DIGIT,
                digit=Digit("key", 2),
                matching=("firm_id",),
            ),
        ),
    ]
    contacts = TablePlan(
        CONTACTS,
        Status.FILL,
        0,
        rows,
        columns=tuple(column for column, _ in made),
        references=tuple(reference for _, reference in made),
        keys=(KeyPlan("key", ("firm_id", "kind_id", "person_id"), (firms, kinds, 0), 0, permuted=True),),
        branches=ONE,
    )
    tables = (numbered(FIRMS, firms), numbered(KINDS, kinds), staff, contacts)
    plan = GenerationPlan(1, 1, "2026-01-01", "", "", tables, ())
    return Engine(plan, default_registry(), {})


def rows_of(engine, count):
    batch = engine.batch(CONTACTS, 0, count)
    return list(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def test_numbers_are_all_the_keys_there_are():
    made = engine(7, 3, 20, 60)
    assert made.capacity(CONTACTS, "key") == 60
    firm_of = dict(enumerate(made.whole(PEOPLE, "firm_id").to_pylist(), 1))
    found = rows_of(made, 60)
    assert set(found) == {(firm, kind, person) for person, firm in firm_of.items() for kind in (1, 2, 3)}


@pytest.mark.parametrize("kinds", [1, 100_000])
def test_what_others_do_not_depend_on_is_not_counted_out(kinds):
    # One by one, the combinations of a firm and a kind would be ten billion.
    made = engine(100_000, kinds, 100_000, 1_000)
    assert made.capacity(CONTACTS, "key") == 100_000 * kinds
    found = rows_of(made, 1_000)
    assert len(set(found)) == 1_000
    firms = made.whole(PEOPLE, "firm_id").take(np.array([person - 1 for _, _, person in found])).to_pylist()
    assert firms == [firm for firm, _, _ in found]
