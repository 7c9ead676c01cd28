"""Hashes of no password, in the form of the method that made them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from seedfast.rng import Rows
from seedfast.values.columns import text
from seedfast.values.kind import Draw, Generator, Json
from seedfast.values.parameters import sibling
from seedfast.values.semantic.codes import CodeGenerator
from seedfast.values.semantic.text import bounds, group_of

_SALTED = "&" * 22
_ARGON = "$v=19$m=65536,t=3,p=4$"
_FORMS = {
    "bcrypt": "'$2b$12$'" + _SALTED + "&" * 31,
    "argon2id": f"'$argon2id{_ARGON}'{_SALTED}'$'{'&' * 43}",
    "argon2i": f"'$argon2i{_ARGON}'{_SALTED}'$'{'&' * 43}",
    "argon2d": f"'$argon2d{_ARGON}'{_SALTED}'$'{'&' * 43}",
    "scrypt": f"'$scrypt$ln=17,r=8,p=1$'{_SALTED}'$'{'&' * 43}",
    "pbkdf2": f"'pbkdf2_sha256$600000$'{_SALTED}'$'{'&' * 43}'='",
    "md5": "x" * 32,
    "sha1": "x" * 40,
    "sha256": "x" * 64,
    "sha512": "x" * 128,
    "crypt": f"'$6$'{'&' * 16}'$'{'&' * 86}",
}
_ELSE, _UNSAID = "sha256", "bcrypt"
"""The form of methods that nobody knows, such as those of the system before, and that where no method is told."""

_OTHERS = {"argon2": "argon2id", "argon": "argon2id", "sha512crypt": "crypt", "sha2": "sha256", "blowfish": "bcrypt"}
_SPOKEN = sorted({**_OTHERS, **{name: name for name in _FORMS}}.items(), key=lambda one: -len(one[0]))


class PasswordHash(Generator):
    """Hashes as bcrypt writes them, or as the method does that a sibling names."""

    def __init__(self, params: Mapping[str, Json]) -> None:
        lengths, group = bounds(params), group_of(params)
        self._method = sibling(params, "method_in")
        self.inputs = (self._method,) if self._method is not None else ()
        self._forms = {name: CodeGenerator(form, lengths, group=group) for name, form in _FORMS.items()}
        self.capacity = self._forms[_UNSAID].capacity

    def values(self, draw: Draw) -> pa.Array:
        """Return a hash per row."""
        if self._method is None:
            return self._forms[_UNSAID].values(draw)
        told = text(draw.inputs[self._method]).dictionary_encode()
        names = [form_of(said) or _ELSE for said in told.dictionary.to_pylist()]
        which = told.indices.fill_null(len(names)).to_numpy(zero_copy_only=False)
        forms = np.array([*names, _UNSAID], dtype=object)[which]
        parts, places = [], []
        for name in sorted(set(forms.tolist())):
            at = np.flatnonzero(forms == name)
            parts.append(self._forms[name].values(Draw(draw.rows[at], draw.stream)))
            places.append(at)
        if not parts:
            return pa.array([], pa.string())
        order = np.argsort(np.concatenate(places), kind="stable")
        return pa.concat_arrays(parts).take(pa.array(order))

    def at(self, index: Rows, draw: Draw) -> pa.Array:
        """Return distinct hashes as bcrypt writes them."""
        return self._forms[_UNSAID].at(index, draw)


def form_of(method: str) -> str | None:
    """Return the form in which a method of hashing writes, None for words that name none."""
    bare = "".join(filter(str.isalnum, method.lower()))
    return next((form for spoken, form in _SPOKEN if spoken in bare), None)
