"""Which columns of a row add up, by their names."""

from __future__ import annotations

import pytest

from seedfast.semantics.figures import Duration, ascending, durations, figures

from .tables import table


@pytest.mark.parametrize(
    ("name", "columns", "sums"),
    [
        (
            "order_items",
            ["quantity int", "unit_price numeric(10,2)", "discount numeric(10,2)", "line_total numeric(10,2)"],
            {"line_total": "quantity x unit_price - discount"},
        ),
        (
            "OrderLine",
            ["qty int", "unitPrice real", "vatRate real", "netAmount real", "vatAmount real", "grossAmount real"],
            {
                "netAmount": "qty x unitPrice",
                "vatAmount": "netAmount at vatRate",
                "grossAmount": "netAmount + vatAmount",
            },
        ),
        (
            "orders",
            ["order_subtotal numeric(10,2)", "tax numeric(8,2)", "freight numeric(8,2)", "order_total numeric(10,2)"],
            {"order_total": "order_subtotal + tax + freight"},
        ),
        (
            "payslips",
            ["gross_pay numeric(8,2)", "tax numeric(8,2)", "deductions numeric(8,2)", "net_pay numeric(8,2)"],
            {"net_pay": "gross_pay - tax - deductions"},
        ),
        (
            "costs",
            ["shipping_net int", "shipping_tax int", "shipping_gross int", "handling_gross int"],
            {"shipping_gross": "shipping_net + shipping_tax"},
        ),
        ("invoices", ["amount_cents int", "tax numeric(8,2)", "total_cents int"], {}),
        ("patients", ["heart_rate int", "amount int", "hours int"], {}),
    ],
)
def test_what_adds_up(name: str, columns: list[str], sums: dict[str, str]) -> None:
    assert {figure.column: figure.reason for figure in figures(table(name, *columns))} == sums


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (["started_at timestamptz", "ended_at timestamptz", "duration_ms int"], ("duration_ms", "0.001")),
        (["check_in date", "check_out date", "nights int"], ("nights", "86400")),
        (["clock_in timestamp", "clock_out timestamp", "total_hours numeric(5,2)"], ("total_hours", "3600")),
        (["start_time timestamp", "end_time timestamp", "duration_min int"], ("duration_min", "60")),
        (["start_time timestamp", "end_time timestamp", "duration interval"], ("duration", None)),
    ],
)
def test_how_long_a_period_lasts(columns: list[str], found: tuple[str, str | None]) -> None:
    start, end = (column.split()[0] for column in columns[:2])
    assert list(durations(table("things", *columns))) == [Duration(found[0], start, end, found[1])]


def test_a_duration_without_a_unit_is_told_in_seconds_but_for_appointments() -> None:
    for name, size in (("calls", "1"), ("appointments", "60")):
        [found] = durations(table(name, "started_at timestamp", "ended_at timestamp", "duration int"))
        assert found.seconds == size


def test_a_length_without_a_period_is_left_alone() -> None:
    assert not list(durations(table("films", "length int", "released_at date")))
    assert not list(durations(table("calls", "started_at timestamp", "duration int")))


def test_which_of_two_numbers_is_never_the_greater() -> None:
    read = table("plans", "min_price int", "max_price int", "avg_price int", "seats_used int", "seats_limit int")
    assert set(ascending(read)) == {
        ("min_price", "avg_price"),
        ("avg_price", "max_price"),
        ("seats_used", "seats_limit"),
    }
