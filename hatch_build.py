"""Put data packs and lexicons into wheels in a form that is read quickly, too, beside the TOML that people write."""

from __future__ import annotations

import json
import tempfile
import tomllib
from hashlib import blake2b
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PACKAGE = Path("src/seedfast")
_READ = ("packs/*/*.toml", "scope/*.toml", "semantics/*.toml")


class ParsedWords(BuildHookInterface):  # type: ignore[type-arg]
    """Writes a JSON file beside each TOML file of packs and lexicons, with the fingerprint of what it was read from."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to the wheel; an editable one reads the TOML."""
        if version == "editable":
            return
        self._made = tempfile.TemporaryDirectory()
        package = Path(self.root, _PACKAGE)
        for file in sorted(file for pattern in _READ for file in package.glob(pattern)):
            content = file.read_bytes()
            parsed = {"of": blake2b(content, digest_size=16).hexdigest(), "holds": tomllib.loads(content.decode())}
            name = file.relative_to(package).with_suffix(".json")
            made = Path(self._made.name, "-".join(name.parts))
            made.write_text(json.dumps(parsed, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
            build_data["force_include"][str(made)] = f"seedfast/{name.as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the files away again."""
        if version != "editable":
            self._made.cleanup()
