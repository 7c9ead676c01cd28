"""What could reach a real person, machine or account, found in the texts of whole databases."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

import psycopg

from seedfast.names import quote

_RESERVED = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$", re.IGNORECASE)
"""RFC 2606 and RFC 6761: domains that nobody can have."""

_EMAIL = re.compile(r"[\w.+%'-]+@([\w-]+(?:\.[\w-]+)+)")
_URL = re.compile(r"\b[a-z][a-z0-9+.-]*://(?:[^/\s\"'@?#]*@)?(\[[0-9a-f:.]+\]|[^/\s\"':?#<>\\)]+)", re.IGNORECASE)
_HOST = re.compile(
    r"(?<![\w@.-])((?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|app|info|biz|co|de|fr|it|es|uk|jp|br|eu|us|cloud|ai))(?![\w-])"
)
_IPV4 = re.compile(r"(?<![\d.])(?<!\w/)(\d{1,3}(?:\.\d{1,3}){3})(?![\d.])")
_IPV6 = re.compile(r"(?<![\w:])((?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{0,4}|(?:[0-9a-f]{1,4}:){2,6}:[0-9a-f:]*)(?![\w:])")
_MAC = re.compile(r"(?<![\w:])([0-9a-f]{2})((?::[0-9a-f]{2}){5}|(?::[0-9a-f]{2}){7})(?![\w:])", re.IGNORECASE)

_NETWORKS = tuple(
    ipaddress.ip_network(block)
    for block in (
        *("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"),
        *("10.0.0.0/8", "127.0.0.0/8", "0.0.0.0/32", "::1/128"),
    )
)
"""Documentation, and where these don't suffice for distinct values a private network."""

_PHONE = re.compile(
    r"""(?:\+?1[-. ]?)?\(?[2-9]\d\d\)?[-. ]?555[-. ]?01\d\d      # North America, kept for fiction
    |(?:\+?1[-. ]?)?[2-9]9\d[-. ]?[2-9]\d\d[-. ]?\d{4}            # an area code that is not given out
    |555[-. ]?\d{4}                                               # no area code
    |\+44-(?:7700-900-|20-7946-0|29-2018-0|1(?:13|17|21|31|41|61)-496-0)\d{3}
    |\+49-(?:30-23125-|40-66969-|89-99998-|221-4710-|69-90009-)\d{3}|\+49-171-39200\d\d
    |\+33-(?:1-99-00|2-61-91|3-53-01|4-65-71|5-36-49|6-39-98)-\d{4}|\+61-[2378]-5550-\d{4}
    |\+46-(?:8-465-004|31-390-06|40-628-04)-\d\d
    |\+353-20-910-\d{4}|\+55-20-5550-\d{4}                        # kept for fiction, or an area code of nowhere
    |\+\d{1,3}-00-(?:555-\d{4}|\d{10})                                      # no plan lets a number begin with two zeros
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"(?<![\w.+-])\+[1-9]\d{0,2}[-. ]\d[\d. -]{5,}\d")
_TEST_CARDS = re.compile(
    "4242424242424242|4111111111111111|4000056655665556|5555555555554444|2223003122003222|5200828282828210"
    "|5105105105105100|6011111111111117|6011000990139424|3566002020360505|4012888888881881|0000\\d*"
)
"""As payment services publish them for tests, and of no network."""

_COLUMNS = {
    "phone": (re.compile(r"phone|fax|mobile|\btel\b|telefon"), _PHONE),
    "card number": (re.compile(r"card_?(?:number|no)\b|\bpan\b"), _TEST_CARDS),
    "SSN": (re.compile(r"\bssn\b|social_security|national_id"), re.compile(r"(?:000|666|9\d\d)-?\d\d-?\d{4}")),
    "IBAN": (re.compile(r"iban"), re.compile(r"(?:XX|[A-Z]{2}00)\w*")),
}
"""By what a column's name says: what its values must be."""


def violations(dsn: str) -> Iterator[str]:
    """Yield a line for everything in a database that could reach somebody."""
    with psycopg.connect(dsn) as connection:
        tables = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
            " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in tables:
            names = [
                name
                for (name,) in connection.execute(
                    "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s",
                    [schema, table],
                ).fetchall()
            ]
            for name in names:
                query = f"SELECT DISTINCT {quote(name)}::text FROM {quote(schema)}.{quote(table)}"
                for (value,) in connection.execute(query.encode()).fetchall():
                    for why in reaching(name, value or ""):
                        yield f"{schema}.{table}.{name}: {why} in {value!r:.120}"


def reaching(column: str, text: str) -> Iterator[str]:
    """Yield what in a column's value could reach somebody."""
    for host in (*_EMAIL.findall(text), *(host for host in _URL.findall(text)), *_HOST.findall(text)):
        if not _RESERVED.search(host) and not _address(host.strip("[]")) and "." in host:
            yield f"the domain {host}"
    yield from (f"the address {found}" for found in (*_IPV4.findall(text), *_IPV6.findall(text)) if _real(found))
    if not re.fullmatch(r"\d\d:\d\d:\d\d.*", text):
        yield from (f"the hardware {one + rest}" for one, rest in _MAC.findall(text) if not int(one, 16) & 2)
    yield from (f"the number {found}" for found in _NUMBER.findall(text) if not _PHONE.fullmatch(found))
    for what, (named, wanted) in _COLUMNS.items():
        if (
            text
            and re.search(r"\d{5}|\d-\d", text)
            and named.search(column.lower())
            and not wanted.fullmatch(text.strip())
        ):
            yield f"a {what}"


def _address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _real(text: str) -> bool:
    """Tell whether a text is an address that somebody may have."""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return False
    if _MAC.fullmatch(text):
        return False
    return not any(found in network for network in _NETWORKS)
