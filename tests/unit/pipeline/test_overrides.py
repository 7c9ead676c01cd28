"""What a user writes to set a column, and how a column's name is told from a setting's."""

from datetime import datetime

import pytest

from seedfast.errors import UsageError
from seedfast.model.database import Database
from seedfast.model.table import Column, Table, TableForm
from seedfast.model.types import SqlType, TypeForm
from seedfast.names import QualifiedName
from seedfast.pipeline.overrides import addressed, overrides
from seedfast.pipeline.request import Request
from seedfast.plan.options import Override

TEXT = SqlType("pg_catalog", "text", TypeForm.BASE, "text")
USERS = QualifiedName("public", "users")
DATABASE = Database(
    "shop",
    150000,
    (
        Table(USERS, TableForm.TABLE, (Column("plan", TEXT, True), Column("Odd.Name", TEXT, True))),
        Table(QualifiedName("audit", "log"), TableForm.TABLE, (Column("what", TEXT, True),)),
    ),
)
REGISTRY = Request("", datetime(2026, 1, 1)).registry


def read(value: object) -> Override:
    return overrides({"users.plan": value}, (), DATABASE, REGISTRY)[USERS]["plan"]


@pytest.mark.parametrize(
    ("written", "kind", "params"),
    [
        ("person.job", "person.job", {}),
        (" uuid ", "uuid", {}),
        ("finance.price(low=5, high=90)", "finance.price", {"low": 5, "high": 90}),
        ('text.code(prefix="A, B")', "text.code", {"prefix": "A, B"}),
        ("time.date(low=2020-01-01)", "time.date", {"low": "2020-01-01"}),
        ({"kind": "person.full_name", "order": "family first"}, "person.full_name", {"order": "family first"}),
    ],
)
def test_a_kind_of_value_with_its_parameters(written, kind, params):
    found = read(written)
    assert (found.kind, found.params, found.values) == (kind, params, ())


@pytest.mark.parametrize(
    ("written", "values", "weights"),
    [
        ("free|pro*3| team lead ", ("free", "pro", "team lead"), (1, 3, 1)),
        ("free|pro", ("free", "pro"), ()),
        ('"Berlin"', ("Berlin",), ()),
        ("-3", (-3,), ()),
        ("2.5", (2.5,), ()),
        ("true", (True,), ()),
        ("null", (None,), ()),
        ('["a|b", "c"]', ("a|b", "c"), ()),
        (7, (7,), ()),
        (["x", "y"], ("x", "y"), ()),
        ({"value": "person.job"}, ("person.job",), ()),
        ({"values": ["x", "y"], "weights": [2, 1]}, ("x", "y"), (2, 1)),
        ('choice(values=["a", "b"], weights=[1, 2])', ("a", "b"), (1, 2)),
        ("constant(value=9)", (9,), ()),
    ],
)
def test_a_list_or_a_constant(written, values, weights):
    found = read(written)
    assert (found.kind, found.values, found.weights) == ("", values, weights)


@pytest.mark.parametrize(
    ("name", "written", "code", "hint"),
    [
        ("users.plan", "person.jop", "SF-KIND-UNKNOWN", "person.job"),
        ("users.plan", "jobs", "SF-KIND-UNKNOWN", "person.job"),
        ("users.plan", "Berlin", "SF-SET-FORM", '"Berlin"'),
        ("users.plan", "finance.price(lo=3)", "SF-KIND-PARAMETER", "low"),
        ("users.plan", "finance.price(3)", "SF-SET-FORM", "person.job"),
        ("users.plan", {"values": ["x"], "weights": [0]}, "SF-SET-FORM", "list"),
        ("users.plan", {"valeu": "x"}, "SF-SET-FORM", "list"),
        ("users.plna", "person.job", "SF-COLUMN-UNKNOWN", "plan"),
        ("usres.plan", "person.job", "SF-TABLE-UNKNOWN", "public.users"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_near(name, written, code, hint):
    with pytest.raises(UsageError) as error:
        overrides({name: written}, (), DATABASE, REGISTRY)
    assert error.value.code == code and hint in error.value.hint


def told(*assigned: tuple[str, str]) -> tuple[dict[str, str], dict[str, str], list[str]]:
    request = Request("", datetime(2026, 1, 1), assigned=assigned, session={"app.kept": "1"})
    read, findings = addressed(request, [table.name for table in DATABASE.tables])
    assert read.assigned == ()
    return dict(read.columns), dict(read.session), [finding.code for finding in findings]


def test_a_table_in_front_makes_it_a_column_and_anything_else_a_setting():
    columns = {"users.plan": "a|b", "audit.log.what": "x", 'users."Odd.Name"': "1", "Users.plan": "1"}
    settings = {"app.tenant": "1", "role": "ann", "request.jwt.claims": "{}", "other.log.what": "x"}
    found = told(*columns.items(), *settings.items())
    assert found == (columns, {"app.kept": "1", **settings}, [])


def test_a_kind_of_value_is_no_setting_and_a_near_miss_is_pointed_out():
    assert told(("usres.plan", "person.job"))[0] == {"usres.plan": "person.job"}
    columns, session, findings = told(("usres.plan", "free|pro"))
    assert columns == {} and session["usres.plan"] == "free|pro" and findings == ["SF-SETTING-NEAR"]
