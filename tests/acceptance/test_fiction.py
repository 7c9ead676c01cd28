"""Nothing that is made up reaches a real person: whole databases are scanned for addresses, numbers and accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from seedfast import api
from seedfast.embedded.demo import create_demo_schema
from tests.fiction import reaching, violations

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ZOO = Path(__file__).parents[1] / "zoo" / "accept"

CONTACTS = """
CREATE TABLE people (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    full_name text NOT NULL, email text NOT NULL UNIQUE, work_email text, website text, avatar_url text,
    phone text NOT NULL UNIQUE, mobile varchar(20), fax varchar(12), emergency_phone varchar(15) NOT NULL,
    ssn char(11) UNIQUE, national_id text, iban text, card_number text UNIQUE, last_ip inet, ip_address text UNIQUE,
    mac macaddr, mac_address text, home_network cidr, user_agent text, bio text, notes text, profile jsonb
);
CREATE TABLE offices (
    id serial PRIMARY KEY, street text, city text NOT NULL, country_code char(2) NOT NULL, postal_code text, phone text,
    phone_2 text UNIQUE, contact_email text NOT NULL, domain text, homepage varchar(80), callback_url text,
    billing_card varchar(19), credit_card_number varchar(16), iban varchar(34), server_ip text, ipv6 inet
);
CREATE TABLE messages (
    id serial PRIMARY KEY, sender text, recipient_email text, reply_to text, subject text, body text, html text,
    headers jsonb, payload jsonb, source_ip varchar(45), referrer text, link text, attachments text[], cc text[]
);
CREATE TABLE payments (
    id serial PRIMARY KEY, card_number varchar(19) NOT NULL, card_last4 char(4), account_number text,
    routing_number text, payer_email text, receipt_url text, metadata jsonb, customer_phone text
);
CREATE TABLE suppliers (
    id serial PRIMARY KEY, company_name text NOT NULL, web_site text, email text, telephone text, country text,
    city text
);
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_in_a_database_of_contacts_reaches_anybody(make_database, seed):
    dsn = make_database(CONTACTS)
    outcome = api.seed(dsn, now=NOW, rows=700, seed=seed)
    assert outcome.committed and not outcome.gaps
    assert list(violations(dsn)) == []


def test_nothing_in_the_demo_reaches_anybody(make_database):
    dsn = make_database("")
    create_demo_schema(dsn)
    api.seed(dsn, now=NOW, rows=300)
    assert list(violations(dsn)) == []


@pytest.mark.parametrize("name", ["state_", "copied_", "polymorphic_", "type_net", "undeclared_"])
def test_nothing_in_schemas_of_the_zoo_reaches_anybody(make_database, name):
    for path in sorted(ZOO.glob(f"{name}*.sql")):
        dsn = make_database(path.read_text("utf-8"))
        api.seed(dsn, now=NOW, rows=100)
        assert list(violations(dsn)) == [], path.stem


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("email", "ann.lee@gmail.com"),
        ("body", "write to ann@acme.co or call"),
        ("link", "https://www.google.com/search?q=1"),
        ("website", "acme-widgets.de"),
        ("ip", "8.8.8.8"),
        ("ip", "2a00:1450:4001:82a::200e"),
        ("mac", "3c:22:fb:00:11:22"),
        ("phone", "+1-212-736-5000"),
        ("phone", "+49-30-227-32152"),
        ("note", "his number is +44 20 7219 3000"),
        ("card_number", "4539148803436467"),
        ("ssn", "078-05-1120"),
        ("iban", "DE89370400440532013000"),
    ],
)
def test_the_scan_sees_what_would(column, text):
    assert list(reaching(column, text))


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("email", "ann@example.org"),
        ("link", "http://acme.test/a?b=c"),
        ("link", "http://192.0.2.1:80/"),
        ("ip", "2001:db8::7"),
        ("phone", "+1-212-555-0143"),
        ("moment", "12:30:00+00"),
        ("version", "4.2.1"),
        ("mac", "02:00:5e:00:53:01"),
    ],
)
def test_the_scan_lets_fiction_pass(column, text):
    assert list(reaching(column, text)) == []
