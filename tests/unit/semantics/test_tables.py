from __future__ import annotations

import pytest

from seedfast.names import QualifiedName
from seedfast.semantics.order import chronology, same_days
from seedfast.semantics.tables import bookkeeping, subject_role
from seedfast.semantics.words import words
from tests.unit.semantics.tables import table


@pytest.mark.parametrize(
    ("name", "columns", "tool"),
    [
        ("schema_migrations", "version", "Rails"),
        ("schema_migrations", "version dirty", "golang-migrate"),
        ("ar_internal_metadata", "key value created_at updated_at", "Rails"),
        ("flyway_schema_history", "installed_rank version", "Flyway"),
        ("_prisma_migrations", "id checksum", "Prisma"),
        ("__diesel_schema_migrations", "version run_on", "Diesel"),
        ("goose_db_version", "id version_id", "goose"),
        ("alembic_version", "version_num", "Alembic"),
        ("gorp_migrations", "id applied_at", "gorp"),
        ("schema_migration", "version inserted_at", "Ecto"),
        ("databasechangelog", "id author filename", "Liquibase"),
        ("DATABASECHANGELOGLOCK", "id locked", "Liquibase"),
        ("__drizzle_migrations", "id hash created_at", "Drizzle"),
        ("django_migrations", "id app name applied", "Django"),
        ("spatial_ref_sys", "srid auth_name", "PostGIS"),
        ("schema_version", "version description", "Flyway"),
        ("_sqlx_migrations", "version description", "sqlx"),
        ("knex_migrations", "id name batch", "Knex"),
        ("knex_migrations_lock", "index is_locked", "Knex"),
        ("__EFMigrationsHistory", "MigrationId ProductVersion", "Entity Framework"),
        ("doctrine_migration_versions", "version executed_at", "Doctrine"),
        ("migrations", "id timestamp name", "TypeORM"),
        ("migrations", "id migration batch", "Laravel"),
        ("SequelizeMeta", "name", "Sequelize"),
        ("_yoyo_migration", "migration_hash", "yoyo"),
        ("refinery_schema_history", "version name", "Refinery"),
        ("atlas_schema_revisions", "version", "Atlas"),
        ("phinxlog", "version migration_name", "Phinx"),
        ("play_evolutions", "id hash", "Play"),
    ],
)
def test_bookkeeping_tables_are_recognised(name: str, columns: str, tool: str) -> None:
    told = bookkeeping(QualifiedName("public", name), columns.split())
    assert told is not None
    assert tool in told


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("migrations", "id from_country to_country people"),
        ("schema_version", "id product"),
        ("users", "id version"),
        ("changelog", "id product_id text"),
        ("versioninfo", "id"),
    ],
)
def test_an_applications_own_tables_are_not(name: str, columns: str) -> None:
    assert bookkeeping(QualifiedName("public", name), columns.split()) is None


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("users", "person"),
        ("Customers", "person"),
        ("tbl_employee", "person"),
        ("suppliers", "company"),
        ("order_items", "product"),
        ("film", "film"),
        ("xyzzy", ""),
    ],
)
def test_tables_are_about_something(name: str, role: str) -> None:
    assert subject_role(words(name)) == role


@pytest.mark.parametrize(
    ("columns", "pairs"),
    [
        ("created_at updated_at", [("created_at", "updated_at")]),
        ("updatedAt createdAt", [("createdAt", "updatedAt")]),
        (
            "created_at updated_at deleted_at",
            [("created_at", "updated_at"), ("deleted_at", "updated_at"), ("created_at", "deleted_at")],
        ),
        ("created_at deleted_at", [("created_at", "deleted_at")]),
        ("start_date end_date", [("start_date", "end_date")]),
        ("valid_from valid_to", [("valid_from", "valid_to")]),
        ("order_date shipped_date", [("order_date", "shipped_date")]),
        (
            "ordered_at shipped_at delivered_at",
            [("ordered_at", "shipped_at"), ("shipped_at", "delivered_at"), ("ordered_at", "delivered_at")],
        ),
        ("trial_start trial_end period_start", [("trial_start", "trial_end")]),
        ("admittime dischtime", [("admittime", "dischtime")]),
        ("rental_date return_date", [("rental_date", "return_date")]),
        ("hire_date termination_date", [("hire_date", "termination_date")]),
        ("birth_date hire_date", []),
        ("started_at finished_at", [("started_at", "finished_at")]),
        ("title price", []),
    ],
)
def test_moments_are_in_order(columns: str, pairs: list[tuple[str, str]]) -> None:
    assert set(chronology(table("t", *(f"{name} timestamp" for name in columns.split())))) == set(pairs)


def test_a_date_and_a_timestamp_of_one_name_are_of_one_day() -> None:
    columns = ("visit_date date", "visit_datetime timestamp", "chartdate date", "charttime timestamptz", "seen_at date")
    more = (
        "note_time time",
        "note_date date",
        "due_date date",
        "updated_at timestamp",
        "date date",
        "timestamp timestamp",
    )
    assert same_days(table("t", *columns, *more)) == (("visit_date", "visit_datetime"), ("chartdate", "charttime"))


def test_nothing_is_paid_before_it_is_issued_nor_renewed_before_it_began() -> None:
    columns = ("issued_at timestamp", "paid_at timestamp", "started_at timestamp", "current_period_start timestamp")
    assert {("issued_at", "paid_at"), ("started_at", "current_period_start")} <= set(chronology(table("t", *columns)))


def test_days_and_moments_are_paired() -> None:
    assert chronology(table("t", "created_at timestamp", "updated_at date")) == (("created_at", "updated_at"),)
    assert chronology(table("t", "issued_on date", "paid_at timestamptz")) == (("issued_on", "paid_at"),)
    assert chronology(table("t", "created_at timestamptz", "updated_at timestamp")) == (("created_at", "updated_at"),)


def test_the_order_has_no_ring() -> None:
    names = ("created", "issued", "started", "ordered", "due", "expired", "ended", "completed", "returned", "closed")
    later: dict[str, set[str]] = {}
    for one, other in chronology(table("t", *(f"{name}_at timestamp" for name in names))):
        later.setdefault(one, set()).add(other)

    def reached(start: str, seen: frozenset[str]) -> bool:
        return start in seen or any(reached(other, seen | {start}) for other in later.get(start, ()))

    assert later
    assert not any(reached(name, frozenset()) for name in later)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("custFirstNames2", ("customer", "first", "name", "2")),
        ("HTTPStatusCode", ("http", "status", "code")),
        ("modifieddate", ("modified", "date")),
        ("scrappedqty", ("scrapped", "quantity")),
        ("pickedqty", ("picked", "quantity")),
        ("vacationhours", ("vacation", "hour")),
        ("unit_prices", ("unit", "price")),
        ("qty", ("quantity",)),
        ("Straße", ("street",)),
        ("report", ("report",)),
        ("address", ("address",)),
        ("categories", ("category",)),
        ("status", ("status",)),
    ],
)
def test_names_are_split_and_spelt_out(name: str, expected: tuple[str, ...]) -> None:
    assert words(name) == expected
