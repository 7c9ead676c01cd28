"""Tables that triggers name."""

from __future__ import annotations

from seedfast.model.mentions import mentions
from seedfast.model.table import Table, TableForm, Trigger
from seedfast.names import QualifiedName


def _table(name: str, source: str = "") -> Table:
    function = QualifiedName("public", "f")
    triggers = (Trigger("t", "after", "row", function, source=source),) if source else ()
    return Table(QualifiedName("public", name), TableForm.TABLE, (), triggers=triggers)


def test_whole_words_name_tables_whatever_their_case_and_a_table_does_not_name_itself() -> None:
    orders = _table("orders", 'INSERT INTO Public.LOG SELECT FROM orders_archive; UPDATE "Order Items"; -- orders')
    found = mentions([orders, _table("log"), _table("orders_archive"), _table("archive"), _table("Order Items")])
    named = {name.name for name in found[orders.name]}
    assert (named, set(found)) == ({"log", "orders_archive", "Order Items"}, {orders.name})
