"""Hashes of passwords beside what tells how and when they were made."""

from __future__ import annotations

import re

import pytest

from tests.unit.plan.written import drawn, table

_BCRYPT = r"\$2b\$12\$[./A-Za-z0-9]{53}"
_FORMS = {
    "Argon2i": r"\$argon2i\$v=19\$.*",
    "Argon2id": r"\$argon2id\$v=19\$.*",
    "MD5": r"[0-9a-f]{32}",
    "SHA1": r"[0-9a-f]{40}",
    "SHA256": r"[0-9a-f]{64}",
    "Bcrypt": _BCRYPT,
    "bcrypt": _BCRYPT,
    "argon2id": r"\$argon2id\$v=19\$.*",
    "pbkdf2_sha256": r"pbkdf2_sha256\$600000\$.*",
    "scrypt": r"\$scrypt\$ln=17,r=8,p=1\$.*",
    "Legacy": r"[0-9a-f]{64}",
}


@pytest.mark.parametrize(
    ("hashed", "method"),
    [
        ("password_encrypted", "password_encryption_method enum Argon2i|Argon2id|MD5|SHA1|SHA256|Bcrypt|Legacy"),
        ("password_hash", "hash_algorithm text = Argon2id|Bcrypt|SHA1"),
        ("password", "algorithm text"),
    ],
)
def test_a_hash_has_the_form_of_the_method_beside_it(hashed: str, method: str) -> None:
    users = table("users", "id int!", "name text!", f"{hashed} varchar(256)", method, "password_updated_at timestamptz")
    name = method.split()[0]
    rows = drawn(users, rows=400)["users"]
    there = [row for row in rows if row[hashed] is not None]
    assert 200 < len(there) < 400
    assert len({row[name] for row in there}) > 2
    for row in there:
        assert re.fullmatch(_FORMS[row[name]], row[hashed]), row
    for row in rows:
        if row[hashed] is None:
            assert row[name] is None and row["password_updated_at"] is None


def test_a_password_that_every_row_has_has_a_method_in_every_row() -> None:
    made = table(
        "user_passwords", "id int!", "hash varchar(200)!", "method text = bcrypt|argon2id", "password_salt text"
    )
    for row in drawn(made)["user_passwords"]:
        assert row["password_salt"] is not None
        assert re.fullmatch(_FORMS["bcrypt"] if row["hash"].startswith("$2b$") else _FORMS["argon2id"], row["hash"])


def test_bcrypt_uses_its_whole_alphabet() -> None:
    rows = drawn(table("users", "id int!", "username text!", "password varchar(60)!"))["users"]
    assert set("".join(row["password"][7:] for row in rows)) == {
        *"./0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    }


def test_a_method_that_is_no_hash_leaves_the_password_alone() -> None:
    users = table("users", "id int!", "password_hash text", "auth_method text = password|sso|passkey")
    rows = drawn(users)["users"]
    assert all(re.fullmatch(_BCRYPT, row["password_hash"]) for row in rows if row["password_hash"])
    assert {row["auth_method"] for row in rows if row["password_hash"] is None} >= {"sso"}
