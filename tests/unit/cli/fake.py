"""A pipeline that answers from memory, so that the commands' own work can be seen without a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from seedfast import pipeline
from seedfast.diagnostics import Finding, Severity
from seedfast.model.database import Database, Existing
from seedfast.model.table import Check, Column, ForeignKey, KeyPart, Table, TableForm, UniqueKey
from seedfast.model.types import SqlType, TypeForm
from seedfast.names import QualifiedName
from seedfast.plan.options import Options
from seedfast.plan.spec import (
    VERSION,
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
from seedfast.verify.results import Verification

USERS, ORDERS, COUNTRIES = (QualifiedName("public", name) for name in ("users", "Orders [old]", "countries"))
DSN = "postgresql://ann:s3cret-pass@db.example:5433/shop"


def _type(name: str) -> SqlType:
    return SqlType("pg_catalog", name, TypeForm.BASE, {"int8": "bigint"}.get(name, name))


def _column(name: str, type_name: str, comment: str | None = None) -> Column:
    return Column(name, _type(type_name), nullable=False, comment=comment)


DATABASE = Database(
    "shop",
    180001,
    (
        Table(
            ORDERS,
            TableForm.TABLE,
            (_column("id", "int8"), _column("user_id", "int8")),
            foreign_keys=(ForeignKey("orders_user", ("user_id",), USERS, ("id",)),),
        ),
        Table(COUNTRIES, TableForm.TABLE, (_column("code", "text"),)),
        Table(
            USERS,
            TableForm.TABLE,
            (_column("id", "int8"), _column("email", "text", "Where to write to")),
            checks=(Check("users_email_check", "(length(email) > 3)", ("email",)),),
            unique_keys=(UniqueKey("users_pkey", (KeyPart("id", None, ("id",)),), primary=True, constraint=True),),
        ),
    ),
)


@dataclass
class FakePipeline:
    """What the commands asked for, and what they get."""

    requests: list[pipeline.Request] = field(default_factory=list)
    executed: list[pipeline.Prepared] = field(default_factory=list)
    checked: list[tuple[Any, ...]] = field(default_factory=list)
    database: Database = DATABASE
    gap: bool = False
    findings: tuple[Finding, ...] = ()
    refusal: Exception | None = None
    failure: BaseException | None = None
    verification: Verification = field(default_factory=lambda: Verification(()))
    survey_error: Exception | None = None

    def plan(self, request: pipeline.Request) -> GenerationPlan:
        """Return a small plan that shows the request's numbers."""
        rows = request.table_rows.get("users", 100 if request.rows is None else request.rows)
        users = TablePlan(
            USERS,
            Status.FILL,
            rows=rows,
            columns=(
                ColumnPlan("id", "bigint", Source.GENERATED, (GeneratorPlan("number.serial", {"start": 1}),)),
                ColumnPlan(
                    "email",
                    "text",
                    Source.GENERATED,
                    (GeneratorPlan("person.email", {"max_length": 80}, null_permille=25),),
                    digit=Digit("users_email_key", 0),
                    reason="name and type say e-mail; unique, so built by permutation",
                ),
            ),
        )
        orders = TablePlan(
            ORDERS,
            Status.GAP if self.gap else Status.FILL,
            rows=0 if self.gap else 100 if request.rows is None else request.rows,
            reason="no room for a row" if self.gap else "",
            columns=(
                ColumnPlan("id", "bigint", Source.SERVER, reason="identity"),
                ColumnPlan("user_id", "bigint", Source.REFERENCE, reference="orders_user", parent_column="id"),
            ),
            references=(ReferencePlan("orders_user", ("user_id",), USERS, ("id",), Pick.SKEWED),),
        )
        countries = TablePlan(COUNTRIES, Status.PARENT, existing=249, reason="holds rows already")
        return GenerationPlan(
            version=VERSION,
            seed=request.seed,
            now=request.now.replace(tzinfo=None).isoformat(),
            fingerprint="f" * 32,
            kinds="k" * 32,
            # By name, so that the insertion order is told by the steps alone.
            tables=(orders, countries, users) if self.database.tables else (),
            steps=(LoadStep(Method.COPY, (USERS, ORDERS)),),
            findings=self.findings,
        )

    def prepare(self, request: pipeline.Request, listener: Any = None) -> pipeline.Prepared:
        self.requests.append(request)
        if self.failure is not None:
            raise self.failure
        plan = request.plan or self.plan(request)
        options = Options(request.now.replace(tzinfo=None))
        return pipeline.Prepared(
            request, self.database, Existing({COUNTRIES: 249}), options, plan, stored={}, taken={}, foreign_rows=0
        )

    def guard(self, prepared: pipeline.Prepared) -> None:
        if self.refusal is not None:
            raise self.refusal

    def execute(self, prepared: pipeline.Prepared, listener: Any = None) -> pipeline.Outcome:
        self.executed.append(prepared)
        tables = tuple(
            pipeline.TableOutcome(t.name, t.existing, t.rows, t.rows, t.status.value, t.reason)
            for t in prepared.plan.tables
        )
        committed = not prepared.request.dry_run
        return pipeline.Outcome(prepared.plan, tables, prepared.plan.findings, committed, 0.25)

    def survey(self, dsn: str, listener: Any = None) -> pipeline.Survey:
        if self.survey_error is not None:
            raise self.survey_error
        return pipeline.Survey(180001, "18.1", "shop", "ann", {"public": 3, "Sales Dept": 1}, False)

    def check(
        self,
        dsn: str,
        schemas: tuple[str, ...] = (),
        planned: Mapping[QualifiedName, int] | None = None,
        listener: Any = None,
        session: Mapping[str, str] | None = None,
        *,
        coherence: bool = False,
        outcomes: Sequence[Any] = (),
    ) -> Verification:
        self.checked.append((dsn, schemas, planned))
        return self.verification

    def sample(self, prepared: pipeline.Prepared, table: QualifiedName, rows: int) -> pa.RecordBatch:
        return pa.RecordBatch.from_pydict(
            {"id": list(range(rows)), "email": [f"u{n}@example.org" for n in range(rows)]}
        )


def finding(severity: Severity = Severity.WARNING) -> Finding:
    """Return a finding to show."""
    return Finding("SF-ROWS-DIFFER", severity, "public.users", "Something is [odd].", "Look at it.")
