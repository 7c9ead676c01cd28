"""Connections to PostgreSQL: a session whose settings are known, a read-only snapshot, and failures said in words.

No message or description made here holds a password.
"""

from seedfast.db.dsn import describe, redact
from seedfast.db.failures import explain_failure
from seedfast.db.session import (
    SETTINGS,
    Connection,
    adopt,
    adopted,
    connect,
    search_path,
    search_path_of_the_role,
    set_search_path,
    snapshot,
)

__all__ = [
    "SETTINGS",
    "Connection",
    "adopt",
    "adopted",
    "connect",
    "describe",
    "explain_failure",
    "redact",
    "search_path",
    "search_path_of_the_role",
    "set_search_path",
    "snapshot",
]
