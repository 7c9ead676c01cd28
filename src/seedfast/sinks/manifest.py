"""What says of a folder of parts which run they are of, and that all are there."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pyarrow as pa

from seedfast import __version__, codec
from seedfast.errors import DeclinedError, UsageError
from seedfast.names import QualifiedName
from seedfast.sinks.address import Form
from seedfast.sinks.cargo import Cargo
from seedfast.sinks.shelf import Shelf

VERSION = 1

COMPLETE = "_manifest.json"
"""The manifest of a run that is finished: it is the last file to appear."""

PROGRESS = "_progress.json"
"""The manifest of a run that isn't, with the parts that it had some while ago."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file with ``rows`` of a table's new rows, of which ``start`` come before them."""

    table: QualifiedName
    file: str
    start: int
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A run's parts, and what decides on their bytes.

    ``schema`` is the schema's fingerprint, ``plan`` that of all that is to be written. ``seedfast`` and ``pyarrow`` are
    their versions.
    """

    version: int
    seedfast: str
    pyarrow: str
    schema: str
    seed: int
    now: str
    form: str
    part_rows: int
    plan: str
    parts: tuple[Part, ...] = ()

    def differences(self, other: Manifest) -> list[str]:
        """Return what the other run was begun with and this one isn't, in words."""
        told = {
            "seedfast {}": (self.seedfast, other.seedfast),
            "pyarrow {}": (self.pyarrow, other.pyarrow),
            "--to {}:": (self.form, other.form),
            "--part-rows {}": (self.part_rows, other.part_rows),
            "--seed {}": (self.seed, other.seed),
            "--now {}": (self.now, other.now),
            "another schema": (self.schema, other.schema),
        }
        found = [words.format(theirs) for words, (ours, theirs) in told.items() if ours != theirs]
        return found or (["another plan"] if self.plan != other.plan else [])


def describing(cargo: Cargo, form: Form, part_rows: int) -> Manifest:
    """Return the manifest of a cargo, with no part as yet."""
    plan = cargo.plan
    whole = codec.fingerprint([plan.kinds, plan.now, plan.seed, cargo.basis, list(plan.tables)])
    return Manifest(
        VERSION, __version__, pa.__version__, plan.fingerprint, plan.seed, plan.now, form.value, part_rows, whole
    )


def read(shelf: Shelf, place: str) -> Manifest | None:
    """Return the manifest that is there, that of a finished run first; None where there is none."""
    for name in (COMPLETE, PROGRESS):
        file = shelf.open(name)
        if file is None:
            continue
        try:
            with file:
                return codec.decode(Manifest, json.loads(file.read()))
        except (ValueError, UsageError) as error:
            message = f"{name} in {place} can't be read: {error}."
            hint = "Name another folder; --force writes all parts again."
            raise DeclinedError("SF-SINK-OTHER", message, hint) from error
    return None


def write(shelf: Shelf, name: str, manifest: Manifest) -> None:
    """Put the manifest there."""
    with shelf.create(name) as file:
        file.write(codec.dumps(manifest, indent=1).encode() + b"\n")
