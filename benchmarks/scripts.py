"""What a person writes who fills the demo's shop by hand: a script with Faker or mimesis, and COPY.

``python -m benchmarks.scripts faker --rows 5000 --dsn URL`` is such a script: it keeps what the tables demand, takes
one pass over each table in the order of the foreign keys, sends every row as it is made, and commits once. Words come
from the library, numbers and dates from the standard generator beneath it, which is quicker. ``measure`` runs it in a
process of its own. Neither library is needed for anything else: ``pip install seedfast[bench]``.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

from benchmarks import processes

LIBRARIES = ("faker", "mimesis")
# In an order in which parents come first; nobody sets a generated column, nor what closes the cycle.
TABLES = {
    "users": "id, email, full_name, phone, birth_date, is_active, created_at, last_login_at",
    "addresses": "id, user_id, label, street, city, postal_code, country_code, is_default, created_at",
    "categories": "id, parent_id, name, slug, position",
    "products": "id, sku, name, description, price, discount_price, stock, weight_kg, attributes, available_from,"
    " available_to, created_at",
    "product_categories": "product_id, category_id",
    "orders": "id, number, user_id, status, currency, note, placed_at, shipped_at, delivered_at",
    "order_items": "order_id, line, product_id, quantity, unit_price",
    "reviews": "id, product_id, user_id, rating, title, body, created_at",
}
_SINCE = datetime(2024, 1, 1, tzinfo=UTC)
_SECONDS = 2 * 365 * 86_400
_BIRTHS = date(1940, 1, 1)
_STATES = ("pending", "paid", "shipped", "delivered", "cancelled")
_CURRENCIES = ("EUR", "USD", "GBP", "JPY")


@dataclass(frozen=True)
class Words:
    """What the script takes of a library; ``random`` is the ``random.Random`` beneath it."""

    random: Any
    name: Callable[[], str]
    user_name: Callable[[], str]
    domain: Callable[[], str]
    phone: Callable[[], str]
    street: Callable[[], str]
    city: Callable[[], str]
    postal_code: Callable[[], str]
    country_code: Callable[[], str]
    word: Callable[[], str]
    sentence: Callable[[], str]


def faker() -> Words:
    """Return the words of Faker."""
    from faker import Faker

    fake = Faker("en_US")
    fake.seed_instance(1)
    return Words(
        fake.random,
        fake.name,
        fake.user_name,
        fake.free_email_domain,
        fake.phone_number,
        fake.street_address,
        fake.city,
        fake.postcode,
        fake.country_code,
        fake.word,
        fake.sentence,
    )


def mimesis() -> Words:
    """Return the words of mimesis."""
    from mimesis import Generic
    from mimesis.locales import Locale

    make = Generic(Locale.EN, seed=1)
    return Words(
        make.random,
        make.person.full_name,
        make.person.username,
        make.internet.hostname,
        make.person.phone_number,
        make.address.address,
        make.address.city,
        make.address.zip_code,
        make.address.country_code,
        make.text.word,
        make.text.sentence,
    )


def fill(dsn: str, words: Words, rows: int) -> None:
    """Fill every table with so many rows in one transaction."""
    with psycopg.connect(dsn) as connection, connection.cursor() as cursor:
        for table, columns, made in _tables(words, rows):
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
                for row in made:
                    copy.write_row(row)
        cursor.execute("UPDATE users SET primary_address_id = a.id FROM addresses a WHERE a.user_id = users.id")
        for table in ("users", "addresses", "categories", "products", "reviews"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}".encode())
        cursor.execute("SELECT setval(pg_get_serial_sequence('orders', 'number'), max(number)) FROM orders")


def _tables(words: Words, rows: int) -> Iterator[tuple[str, str, Iterable[tuple[object, ...]]]]:
    """Yield each table with the columns that get values, and its rows, which are made as they are read."""
    random, numbers = words.random, range(1, rows + 1)
    orders = [UUID(int=random.getrandbits(128), version=4) for _ in numbers]

    def maybe(share: float, value: Callable[[], object]) -> object:
        return value() if random.random() < share else None

    def moment() -> datetime:
        return _SINCE + timedelta(seconds=random.randrange(_SECONDS))

    def price() -> str:
        return f"{random.randrange(100, 50_000) / 100:.2f}"

    def user(n: int) -> tuple[object, ...]:
        created = moment()
        email = f"{words.user_name()}{n}@{words.domain()}"
        phone, born = maybe(0.8, words.phone), maybe(0.9, lambda: _BIRTHS + timedelta(days=random.randrange(24_000)))
        return (n, email, words.name(), phone, born, random.random() < 0.9, created, maybe(0.8, lambda: later(created)))

    def later(start: datetime) -> datetime:
        return start + timedelta(seconds=random.randrange(60, 2_000_000))

    def address(n: int) -> tuple[object, ...]:
        street, city, code = words.street(), words.city(), words.postal_code()
        return (n, n, random.choice(("home", "work")), street, city, code, words.country_code(), True, moment())

    def category(n: int) -> tuple[object, ...]:
        name = words.word()
        slug = "".join(letter for letter in name.lower() if "a" <= letter <= "z")
        return (n, random.randrange(1, n) if n > 10 else None, name.title(), f"{slug or 'other'}-{n}", n % 30_000)

    def product(n: int) -> tuple[object, ...]:
        cost = random.randrange(100, 50_000)
        discount = f"{cost * random.randrange(50, 95) // 100 / 100:.2f}" if random.random() < 0.2 else None
        start = _SINCE.date() + timedelta(days=random.randrange(700))
        end = start + timedelta(days=random.randrange(1, 900)) if random.random() < 0.3 else None
        sku = f"{random.choice('ABC')}{random.choice('DEF')}{random.choice('GHI')}-{n % 1_000_000:06d}"
        return (
            *(n, sku, f"{words.word()} {words.word()}".title(), maybe(0.7, words.sentence), f"{cost / 100:.2f}"),
            *(discount, random.randrange(500), round(random.uniform(0.05, 40), 2), f'{{"color": "{words.word()}"}}'),
            *(start, end, moment()),
        )

    def order(n: int) -> tuple[object, ...]:
        placed, state = moment(), random.choice(_STATES)
        shipped = later(placed) if state in ("shipped", "delivered") else None
        delivered = later(shipped) if shipped is not None and state == "delivered" else None
        buyer, note = random.randrange(1, rows + 1), maybe(0.2, words.sentence)
        return (orders[n - 1], n, buyer, state, random.choice(_CURRENCIES), note, placed, shipped, delivered)

    def line(n: int) -> tuple[object, ...]:
        bought = random.randrange(1, rows + 1)
        return (orders[(n - 1) // 3], (n - 1) % 3 + 1, bought, random.randrange(1, 6), price())

    def review(n: int) -> tuple[object, ...]:
        writer, title = random.randrange(1, rows + 1), words.sentence()[:120]
        return (n, n, writer, random.randrange(1, 6), title, maybe(0.8, words.sentence), moment())

    made: dict[str, Callable[[int], tuple[object, ...]]] = {
        "users": user,
        "addresses": address,
        "categories": category,
        "products": product,
        "product_categories": lambda n: (n, random.randrange(1, rows + 1)),
        "orders": order,
        "order_items": line,
        "reviews": review,
    }
    for name, columns in TABLES.items():
        yield name, columns, map(made[name], numbers)


def there() -> list[str]:
    """Return the libraries that are installed."""
    return [name for name in LIBRARIES if importlib.util.find_spec(name) is not None]


def run(library: str, dsn: str, rows: int) -> int:
    """Run the script in a process of its own and return the most memory it held, in MB."""
    command = [sys.executable, "-m", "benchmarks.scripts", library, "--rows", str(rows), "--dsn", dsn]
    return processes.run(command).peak


def main() -> None:
    """Be the script."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scripts", description=__doc__)
    parser.add_argument("library", choices=LIBRARIES)
    parser.add_argument("--rows", type=int, default=5_000, help="rows a table (default: 5000)")
    parser.add_argument("--dsn", required=True, help="a database with the demo's tables, empty")
    wanted = parser.parse_args()
    fill(wanted.dsn, {"faker": faker, "mimesis": mimesis}[wanted.library](), wanted.rows)


if __name__ == "__main__":
    main()
