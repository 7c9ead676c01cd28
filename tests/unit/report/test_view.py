from io import StringIO

from rich.console import Console

from seedfast.diagnostics import Finding, Severity
from seedfast.model.table import Column, Identity, KeyPart, Table, TableForm, UniqueKey
from seedfast.model.types import Check, SqlType, TypeForm
from seedfast.names import QualifiedName
from seedfast.plan.spec import (
    ColumnPlan,
    Digit,
    GenerationPlan,
    GeneratorPlan,
    LoadStep,
    Method,
    Pick,
    ReferencePlan,
    Source,
    Status,
    TablePlan,
)
from seedfast.report import text, view

A, B, C, D = (QualifiedName("public", name) for name in "abcd")


def plan(*tables: TablePlan, steps: tuple[LoadStep, ...] = ()) -> GenerationPlan:
    return GenerationPlan(1, 1, "2026-01-01T00:00:00", "f", "k", tables, steps)


def test_insertion_order_is_that_of_the_steps_and_the_rest_comes_last_by_name():
    made = plan(
        *(TablePlan(name, Status.FILL) for name in (A, B, C, D)),
        steps=(LoadStep(Method.COPY, (D,)), LoadStep(Method.COPY, (B,))),
    )
    assert [table.name for table in view.insertion_order(made)] == [D, B, A, C]


def test_planned_rows_count_only_what_is_filled():
    made = plan(
        TablePlan(A, Status.FILL, rows=5), TablePlan(B, Status.PARENT, existing=9), TablePlan(C, Status.FILL, rows=0)
    )
    assert view.planned_rows(made) == (5, 1)


def test_columns_say_where_values_come_from():
    table = TablePlan(
        A,
        Status.FILL,
        rows=1,
        columns=(
            ColumnPlan("s", "text", Source.SERVER, reason="generated"),
            ColumnPlan(
                "g",
                "text",
                Source.GENERATED,
                (GeneratorPlan("x.y", {"b": [1, "é"], "a": "t"}, 125), GeneratorPlan("x.z")),
                digit=Digit("key", 0),
                inputs=("Other",),
            ),
            ColumnPlan("r", "int", Source.REFERENCE, reference="fk", parent_column="Id"),
        ),
        references=(ReferencePlan("fk", ("r",), B, ("Id",), Pick.COVER, null_permille=(0, 300), matching=("tenant",)),),
    )
    server, generated, reference = view.column_lines(table)
    assert (server.values, server.parameters, server.reason) == ("the server", (), "generated")
    assert generated.values == "x.y or x.z"
    assert generated.parameters == (
        "a=t", 'b=[1, "é"]', "NULL in 12.5 %", "distinct by key key", 'reads "Other"',
    )  # fmt: skip
    assert reference.values == 'public.b."Id"'
    assert reference.parameters == ("picked cover", "agrees on tenant", "NULL in 0 % or 30 %")


def test_what_tells_a_person_nothing_is_left_to_the_json():
    inner = {"group_key": "123", "max_length": 2}
    conforming = {"automaton": {"classes": []}, "recognised": {}, "kind": "place.country_code", "params": inner}
    columns = (
        ColumnPlan("c", "text", Source.GENERATED, (GeneratorPlan("text.conforming", conforming),), reason="its name"),
        ColumnPlan(
            "e",
            "text",
            Source.GENERATED,
            (GeneratorPlan("person.email", {"group_key": "9"}),),
            digit=Digit("k", 0),
            reason="distinct for k",
        ),
    )
    code, email = view.column_lines(TablePlan(A, Status.FILL, rows=1, columns=columns))
    assert (code.values, code.parameters) == ("place.country_code", ("max_length=2",))
    assert email.parameters == ()


def test_constraints_of_a_column_are_those_it_takes_part_in():
    integer = SqlType("pg_catalog", "int4", TypeForm.BASE, "integer")
    domain = SqlType("public", "positive", TypeForm.DOMAIN, "positive", base=integer, checks=(Check("c", "VALUE > 0"),))
    table = Table(
        A,
        TableForm.TABLE,
        (Column("id", integer, nullable=False, identity=Identity.ALWAYS), Column("n", domain, nullable=True)),
        checks=(Check("n_check", "(n < 10)", ("n",)),),
        unique_keys=(
            UniqueKey("a_pkey", (KeyPart("id", None, ("id",)),), primary=True),
            UniqueKey("a_n", (KeyPart(None, "abs(n)", ("n",)),), nulls_distinct=False, predicate="(n > 1)"),
        ),
    )
    assert view.constraints_of_column(table, "id") == (("a_pkey", "PRIMARY KEY (id)"),)
    assert view.constraints_of_column(table, "n") == (
        ("a_n", "UNIQUE NULLS NOT DISTINCT ((abs(n))) WHERE (n > 1)"),
        ("n_check", "CHECK ((n < 10))"),
    )
    assert view.column_rules(table.columns[0]) == ("NOT NULL", "GENERATED ALWAYS AS IDENTITY")
    assert view.column_rules(table.columns[1]) == ("public.positive: CHECK (VALUE > 0)",)


def test_findings_are_grouped_gravest_first_and_each_is_shown_once():
    info, error = Finding("SF-A", Severity.INFO, "x", "m"), Finding("SF-B", Severity.ERROR, "y", "m")
    assert list(view.by_severity([info, error, info]).items()) == [(Severity.ERROR, (error,)), (Severity.INFO, (info,))]


def test_findings_at_a_table_are_those_about_it_and_what_is_within():
    found = [Finding("SF-A", Severity.INFO, where, "m") for where in ("s.t", "s.t.c", "s.t: fk", "s.tt", "s.tt.c")]
    assert [f.where for f in view.findings_at(found, "s.t")] == ["s.t", "s.t.c", "s.t: fk"]


def rendered(renderable: object, width: int = 80) -> str:
    out = StringIO()
    Console(file=out, width=width, markup=False).print(renderable)
    return out.getvalue()


def test_samples_that_are_too_wide_are_turned_and_lose_no_column():
    names = [f"column_{n}" for n in range(20)]
    shown = rendered(text.samples(names, [[f"value {n}" for n in range(20)]] * 3, width=80))
    assert max(map(len, shown.splitlines())) <= 80
    assert all(name in shown for name in names)


def test_samples_without_rows_or_columns_are_shown_too():
    assert "id" in rendered(text.samples(["id"], [], width=80))
    assert rendered(text.samples(["c" * 60, "d" * 60], [], width=80)) is not None
    assert rendered(text.samples([], [[], []], width=80)) is not None


def test_a_name_is_shown_as_it_is_and_cut_nowhere():
    name = QualifiedName("Ünïcode [red]", "t" * 63)
    shown = rendered(text.table_of_tables([view.TableLine(name, 0, 1, 1, "fill", "")]), width=60)
    assert "[red]" in shown
    assert "".join(shown.split()).count("t") >= 63


def test_what_holds_for_many_tables_is_said_once_and_findings_are_not_said_twice():
    lines = [
        view.TableLine(A, 9, 0, 0, "parent", "holds 9 rows already; they serve as parents"),
        view.TableLine(B, 1200, 0, 0, "parent", "holds 1,200 rows already; they serve as parents"),
        view.TableLine(C, 3, 0, 0, "parent", "its key can hold no more"),
        view.TableLine(D, 0, 0, 0, "gap", "nobody knows"),
    ]
    shown = rendered(text.table_of_tables(lines, [Finding("SF-A", Severity.ERROR, str(D), "nobody knows")]))
    assert "nobody knows" not in shown and shown.count("parent: holds rows already") == 1
    assert "    its key can hold no more" in shown
    assert "nobody knows" in rendered(text.table_of_tables(lines))


def test_a_short_list_is_no_wider_than_what_it_says():
    shown = rendered(text.schemas({"public": 2, "audit": 1}))
    assert [line.rstrip() for line in shown.splitlines()] == ["  audit   1 table", "  public  2 tables"]
    assert max(map(len, shown.splitlines())) == len("  public  2 tables")
