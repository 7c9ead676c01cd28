"""The user's own folders for seedfast, and files in them that nobody else can read."""

from __future__ import annotations

import os
from pathlib import Path


def config_folder() -> Path:
    """Return the user's config folder; ``SEEDFAST_CONFIG_DIR`` overrides it."""
    if chosen := os.environ.get("SEEDFAST_CONFIG_DIR"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_config_dir("seedfast"))


def state_folder() -> Path:
    """Return the user's state folder; ``SEEDFAST_STATE_DIR`` overrides it."""
    if chosen := os.environ.get("SEEDFAST_STATE_DIR"):
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_state_dir("seedfast"))


def write(path: Path, text: str) -> None:
    """Write a file that only the user can read, at once: whoever reads it meets the old text or the new one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
