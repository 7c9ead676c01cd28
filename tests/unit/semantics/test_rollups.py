"""What names of columns say of the rows that refer to theirs."""

from __future__ import annotations

import pytest

from seedfast.semantics.rollups import Children, told

from .tables import table


@pytest.mark.parametrize(
    ("column", "aggregate"),
    [
        ("comments_count int", "count"),
        ("num_comments int", "count"),
        ("number_of_comments bigint", "count"),
        ("total_comments int", "count"),
        ("commentNumber int", None),
        ("unread_comments_count int", None),
        ("tag_count int", None),
        ("comments_count text", None),
        ("average_score numeric(3,2)", "average"),
        ("score_avg real", "average"),
        ("last_comment_at timestamptz", "greatest"),
        ("first_comment_on timestamptz", "least"),
        ("last_comment_at date", None),
        ("last_login_at timestamptz", None),
    ],
)
def test_what_a_column_takes_together(column: str, aggregate: str | None) -> None:
    comments = table("post_comments", "id int!", "post_id int!", "score int", "created_at timestamptz")
    posts = table("posts", "id int!", column)
    found = list(told(posts, (Children(comments, "post_id"),)))
    assert [one.aggregate for one in found] == ([] if aggregate is None else [aggregate])


def test_two_references_from_one_table_leave_it_open_which_is_meant() -> None:
    transfers = table("transfers", "from_account_id int!", "to_account_id int!", "amount int")
    accounts = table("accounts", "id int!", "transfer_count int", "balance int")
    both = (Children(transfers, "from_account_id"), Children(transfers, "to_account_id"))
    assert not list(told(accounts, both))


@pytest.mark.parametrize(
    ("lines", "of"),
    [
        (("quantity int", "unit_price numeric(8,2)", "line_total numeric(8,2)"), ("line_total",)),
        (("quantity int", "unit_price numeric(8,2)"), ("quantity", "unit_price")),
        (("quantity int", "unit_price numeric(8,2)", "discount numeric(8,2)"), None),
        (("total_cents int",), None),
    ],
)
def test_what_the_lines_of_an_order_come_to(lines: tuple[str, ...], of: tuple[str, ...] | None) -> None:
    orders = table("orders", "id int!", "total numeric(10,2)")
    items = table("order_items", "order_id int!", *lines)
    found = [one.of for one in told(orders, (Children(items, "order_id"),))]
    assert found == ([] if of is None else [of])


def test_entries_whose_type_says_their_sign_are_not_just_added_up() -> None:
    accounts = table("accounts", "id int!", "balance numeric(12,2)")
    plain = table("transactions", "account_id int!", "amount numeric(10,2)")
    typed = table("transactions", "account_id int!", "amount numeric(10,2)", "transaction_type text")
    sides = table("entries", "account_id int!", "debit numeric(10,2)", "credit numeric(10,2)")
    assert [one.of for one in told(accounts, (Children(plain, "account_id"),))] == [("amount",)]
    assert not list(told(accounts, (Children(typed, "account_id"),)))
    assert [(one.of, one.less) for one in told(accounts, (Children(sides, "account_id"),))] == [
        (("credit",), ("debit",))
    ]


@pytest.mark.parametrize(
    ("column", "child", "amount"),
    [
        ("total_spent numeric(12,2)", "orders", "total numeric(10,2)"),
        ("lifetime_value numeric(12,2)", "sales_orders", "grand_total numeric(10,2)"),
        ("raised_amount numeric(12,2)", "donations", "amount numeric(10,2)"),
        ("hours_logged numeric(8,2)", "time_entries", "hours numeric(5,2)"),
        ("totalPaid numeric(12,2)", "payments", "amount numeric(10,2)"),
    ],
)
def test_what_somebody_has_come_to(column: str, child: str, amount: str) -> None:
    made = table(child, "id int!", "parent_id int!", amount)
    [found] = told(table("parents", "id int!", column), (Children(made, "parent_id"),))
    assert (found.aggregate, found.of) == ("sum", (amount.split()[0],))


def test_what_is_part_of_a_total_of_its_own_is_no_sum_of_others() -> None:
    payments = table("payments", "id int!", "invoice_id int!", "amount numeric(10,2)")
    invoices = table("invoices", "id int!", "total_amount numeric(10,2)", "total_paid numeric(10,2)")
    assert not [one for one in told(invoices, (Children(payments, "invoice_id"),)) if one.column == "total_paid"]
