"""Databases made of SQL without a server: what the phrases are read against."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import postgast
from postgast import pg_query_pb2 as pg

from seedfast.model.database import Database
from seedfast.model.table import Column, ForeignKey, Identity, KeyPart, Table, TableForm, UniqueKey
from seedfast.model.types import Check, SqlType, TypeForm
from seedfast.names import QualifiedName

NAMES = ("shop", "clinic", "saas", "hr", "laden", "tienda", "demo")

_SERIALS = {"serial": "int4", "bigserial": "int8", "smallserial": "int2"}


@cache
def database(name: str) -> Database:
    """Return the database of one of the schemas beside this module, or the demo's."""
    if name == "demo":
        sql = files("seedfast.embedded").joinpath("demo.sql").read_text(encoding="utf-8")
    else:
        sql = files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8")
    return from_sql(name, sql)


def from_sql(name: str, sql: str) -> Database:
    """Return the database that plain CREATE TABLE, CREATE TYPE and COMMENT statements describe."""
    enums: dict[str, SqlType] = {}
    tables: dict[QualifiedName, dict[str, Any]] = {}
    for statement in postgast.parse(sql).stmts:
        made = statement.stmt
        if made.HasField("create_enum_stmt"):
            title = _last(made.create_enum_stmt.type_name)
            labels = tuple(one.string.sval for one in made.create_enum_stmt.vals)
            enums[title] = SqlType("public", title, TypeForm.ENUM, title, labels=labels)
        elif made.HasField("create_stmt"):
            table = _table(made.create_stmt, enums, tables)
            tables[table["name"]] = table
        elif made.HasField("comment_stmt"):
            _comment(made.comment_stmt, tables)
    return Database(name, 180000, tuple(Table(**told) for _, told in sorted(tables.items())))


def _last(names: Any) -> str:
    return str(names[-1].string.sval)


def _named(relation: Any) -> QualifiedName:
    return QualifiedName(relation.schemaname or "public", relation.relname)


def _table(made: Any, enums: dict[str, SqlType], tables: dict[QualifiedName, dict[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {"name": _named(made.relation), "form": TableForm.TABLE}
    columns: list[Column] = []
    keys: list[UniqueKey] = []
    foreign: list[ForeignKey] = []
    checks: list[Check] = []

    def constrain(constraint: Any, own: tuple[str, ...]) -> None:
        kind = constraint.contype
        title = constraint.conname or f"{told['name'].name}_{len(keys) + len(foreign) + len(checks)}"
        named = own or tuple(one.string.sval for one in constraint.keys or constraint.fk_attrs)
        if kind in (pg.CONSTR_PRIMARY, pg.CONSTR_UNIQUE):
            parts = tuple(KeyPart(one, None, (one,)) for one in named)
            keys.append(UniqueKey(title, parts, primary=kind == pg.CONSTR_PRIMARY, constraint=True))
        elif kind == pg.CONSTR_FOREIGN:
            parent = _named(constraint.pktable)
            pointed = tuple(one.string.sval for one in constraint.pk_attrs)
            if not pointed:
                known = tables[parent]["unique_keys"] if parent in tables else keys
                pointed = next(key.columns for key in known if key.primary)
            foreign.append(ForeignKey(title, named, parent, pointed))
        elif kind == pg.CONSTR_CHECK:
            wrapped = pg.Node()
            wrapped.CopyFrom(constraint.raw_expr)
            read = tuple(one.fields[-1].string.sval for one in postgast.find_nodes(wrapped, pg.ColumnRef))
            checks.append(Check(title, _expression(constraint.raw_expr), tuple(dict.fromkeys(read))))

    for element in made.table_elts:
        if element.HasField("column_def"):
            column = element.column_def
            kinds = {one.constraint.contype for one in column.constraints}
            default = next(
                (o.constraint for o in column.constraints if o.constraint.contype == pg.CONSTR_DEFAULT), None
            )
            made_so = next(
                (o.constraint for o in column.constraints if o.constraint.contype == pg.CONSTR_GENERATED), None
            )
            columns.append(
                Column(
                    column.colname,
                    _type(column.type_name, enums),
                    nullable=not kinds & {pg.CONSTR_NOTNULL, pg.CONSTR_PRIMARY, pg.CONSTR_IDENTITY},
                    default=None if default is None else _expression(default.raw_expr),
                    generated=None if made_so is None else _expression(made_so.raw_expr),
                    identity=Identity.ALWAYS if pg.CONSTR_IDENTITY in kinds else Identity.NONE,
                )
            )
            for one in column.constraints:
                constrain(one.constraint, (column.colname,))
        else:
            constrain(element.constraint, ())
    told |= {"columns": tuple(columns), "checks": tuple(checks)}
    return told | {"unique_keys": tuple(keys), "foreign_keys": tuple(foreign)}


def _type(written: Any, enums: dict[str, SqlType]) -> SqlType:
    title = _last(written.names)
    if title in enums:
        return enums[title]
    title = _SERIALS.get(title, title)
    sizes = [one.a_const.ival.ival for one in written.typmods]
    texts, numbers = title in ("varchar", "bpchar"), title == "numeric"
    return SqlType(
        "pg_catalog",
        title,
        TypeForm.BASE,
        title,
        length=sizes[0] if texts and sizes else None,
        precision=sizes[0] if numbers and sizes else None,
        scale=(sizes[1] if len(sizes) > 1 else 0) if numbers and sizes else None,
    )


def _expression(node: Any) -> str:
    tree = postgast.parse("SELECT 1")
    tree.stmts[0].stmt.select_stmt.target_list[0].res_target.val.CopyFrom(node)
    return str(postgast.deparse(tree)).removeprefix("SELECT ")


def _comment(made: Any, tables: dict[QualifiedName, dict[str, Any]]) -> None:
    names = [one.string.sval for one in made.object.list.items]
    if made.objtype == pg.OBJECT_TABLE:
        tables[QualifiedName(*_qualified(names))]["comment"] = made.comment
    elif made.objtype == pg.OBJECT_COLUMN:
        told = tables[QualifiedName(*_qualified(names[:-1]))]
        told["columns"] = tuple(
            replace(column, comment=made.comment) if column.name == names[-1] else column for column in told["columns"]
        )


def _qualified(names: list[str]) -> tuple[str, str]:
    return (names[0], names[1]) if len(names) > 1 else ("public", names[0])
