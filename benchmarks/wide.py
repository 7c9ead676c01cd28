"""A schema of as many tables as one likes, of the kinds that large applications have, in plain DDL.

``python -m benchmarks.wide --tables 500 | psql ...`` makes some eight columns a table: keys, names, amounts, states,
moments and documents, references to tables before, checks, and a unique key in some.
"""

from __future__ import annotations

import argparse
from itertools import cycle, islice

AREAS = ("billing", "catalog", "crm", "hr", "identity", "inventory", "logistics", "support", "telemetry", "marketing")
THINGS = (
    "account", "address", "agreement", "alert", "approval", "asset", "batch", "booking", "campaign", "carrier",
    "category", "channel", "claim", "comment", "contact", "contract", "customer", "delivery", "device", "discount",
    "document", "employee", "event", "expense", "feature", "feedback", "grade", "group", "incident", "invoice",
    "item", "ledger", "license", "location", "machine", "message", "milestone", "note", "offer", "order",
    "package", "partner", "payment", "plan", "policy", "price", "product", "project", "quote", "reading",
)  # fmt: skip
COLUMNS = (
    "name varchar(120) NOT NULL",
    "code varchar(20) NOT NULL UNIQUE",
    "description text",
    "status varchar(20) NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'active', 'closed'))",
    "amount numeric(12, 2) NOT NULL CHECK (amount >= 0)",
    "quantity integer NOT NULL DEFAULT 1 CHECK (quantity > 0)",
    "starts_on date NOT NULL",
    "is_active boolean NOT NULL DEFAULT true",
    "email varchar(200)",
    "settings jsonb NOT NULL DEFAULT '{}'",
    "priority smallint NOT NULL DEFAULT 3 CHECK (priority BETWEEN 1 AND 5)",
    "external_ref uuid",
    "updated_at timestamptz",
)


def names(tables: int) -> list[str]:
    """Return as many names of tables, all different."""
    made = [f"{area}_{thing}" for thing in THINGS for area in AREAS]
    return [
        name + ("" if n < len(made) else f"_{n // len(made)}") for n, name in enumerate(islice(cycle(made), tables))
    ]


def schema(tables: int) -> str:
    """Return the DDL of a schema."""
    listed = names(tables)
    made = []
    for n, name in enumerate(listed):
        lines = ["id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"]
        # Primes apart, so that parents are all over the schema.
        parents = dict.fromkeys(listed[n * step % 101 % n] for step in (7, 13)[: n % 3] if n)
        lines += [f"{parent}_id bigint NOT NULL REFERENCES {parent}" for parent in parents]
        lines += [COLUMNS[(n + k * 3) % len(COLUMNS)] for k in range(6 - len(parents))]
        lines.append("created_at timestamptz NOT NULL DEFAULT now()")
        made.append(f"CREATE TABLE {name} (\n    " + ",\n    ".join(lines) + "\n);")
    return "\n".join(made) + "\n"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wide", description=__doc__)
    parser.add_argument("--tables", type=int, default=500, help="how many tables")
    print(schema(parser.parse_args().tables))


if __name__ == "__main__":
    main()
