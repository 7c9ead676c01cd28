"""The package as users have it: what the wheel of this checkout installs, compiled, with the packs parsed."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path

_CHECKOUT = Path(__file__).parent.parent


def environment(**more: str) -> dict[str, str]:
    """Return the environment in which Python finds that package before all others."""
    path = os.pathsep.join([_laid_out().name, *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, **more, "PYTHONPATH": path}


@cache
def _laid_out() -> tempfile.TemporaryDirectory[str]:
    """Return the folder of the package, built once and removed as the process ends."""
    where = tempfile.TemporaryDirectory(prefix="seedfast-installed-")
    with tempfile.TemporaryDirectory() as built:
        build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", built]
        subprocess.run(build, cwd=_CHECKOUT, capture_output=True, check=True)
        for wheel in Path(built).glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(where.name)
    compileall.compile_dir(where.name, quiet=1)
    return where
