"""What a parent comes to is right also where its children come to something themselves."""

from __future__ import annotations

from collections import Counter

from tests.unit.plan.written import drawn, table


def test_a_customer_has_spent_what_its_orders_come_to_by_their_lines() -> None:
    rows = drawn(
        table("customers", "id int!", "name text!", "total_spent numeric(14,2)!", "orders_count int!"),
        table("orders", "id int!", "customer_id int! -> customers", "total numeric(12,2)!"),
        table("order_items", "id int!", "order_id int! -> orders", "quantity int!", "unit_price numeric(8,2)!"),
        rows=150,
    )
    lines: Counter[int] = Counter()
    spent: Counter[int] = Counter()
    for line in rows["order_items"]:
        lines[line["order_id"]] += line["quantity"] * line["unit_price"]
    for order in rows["orders"]:
        assert order["total"] == lines[order["id"]]
        spent[order["customer_id"]] += order["total"]
    orders = Counter(order["customer_id"] for order in rows["orders"])
    for customer in rows["customers"]:
        assert customer["total_spent"] == spent[customer["id"]]
        assert customer["orders_count"] == orders[customer["id"]]


def test_a_forum_has_as_many_posts_as_its_topics() -> None:
    rows = drawn(
        table("forums", "id int!", "name text!", "posts_count int!", "topics_count int!"),
        table("topics", "id int!", "forum_id int! -> forums", "title text!", "posts_count int!"),
        table("posts", "id int!", "topic_id int! -> topics", "body text!"),
        rows=150,
    )
    of_topic = Counter(post["topic_id"] for post in rows["posts"])
    forum = {topic["id"]: topic["forum_id"] for topic in rows["topics"]}
    of_forum = Counter(forum[post["topic_id"]] for post in rows["posts"])
    assert all(topic["posts_count"] == of_topic[topic["id"]] for topic in rows["topics"])
    assert all(one["posts_count"] == of_forum[one["id"]] for one in rows["forums"])
    assert max(one["posts_count"] for one in rows["forums"]) > 1
