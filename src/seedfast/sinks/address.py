"""What ``--to`` names: a form of file and the place for it."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

from seedfast.errors import UsageError

_HINT = "Give sql:FILE, sql-inserts:FILE, csv:DIR, parquet:DIR, arrow:DIR (also s3://... and such), or null: alone."
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


class Form(StrEnum):
    """What becomes of the rows.

    SQL          one script for psql, with COPY
    SQL_INSERTS  one script for any client, with INSERT
    CSV          a folder with a file a table, and a script that loads them
    PARQUET      a folder with a file a table
    ARROW        the same in Arrow's format for files
    NULL         nothing: rows are made and dropped
    """

    SQL = "sql"
    SQL_INSERTS = "sql-inserts"
    CSV = "csv"
    PARQUET = "parquet"
    ARROW = "arrow"
    NULL = "null"


@dataclass(frozen=True, slots=True)
class Address:
    """A form and a place: a path, or a URL that fsspec understands; empty for what needs none."""

    form: Form
    place: str = ""

    def __str__(self) -> str:
        return f"{self.form.value}:{self.place}"

    @property
    def remote(self) -> bool:
        """Whether the place is a URL."""
        return _SCHEME.match(self.place) is not None


def read(written: str) -> Address:
    """Read ``FORM:PLACE``; what can't be read is a ``UsageError``."""
    form, colon, place = written.partition(":")
    known = [known.value for known in Form]
    if form.lower() in ("postgres", "postgresql"):
        raise UsageError("SF-SINK-UNKNOWN", "--to takes no database.", "Rows go into the database that --dsn names.")
    if form.lower() not in known or not colon:
        near = difflib.get_close_matches(form.lower(), known, n=1)
        meant = f" Did you mean {near[0]}:{place}?" if near else ""
        raise UsageError("SF-SINK-UNKNOWN", f"--to {written} names no form of file that is known.{meant}", _HINT)
    address = Address(Form(form.lower()), place)
    if bool(place) is (address.form is Form.NULL):
        wanted = "no place" if place else "a place"
        raise UsageError("SF-SINK-UNKNOWN", f"--to {form.lower()}: takes {wanted}.", _HINT)
    return address
