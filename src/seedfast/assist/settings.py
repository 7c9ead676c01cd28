"""Which model is asked, and what it may see: ``--assist`` and ``[assist]`` in seedfast.toml."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from seedfast.errors import UsageError

PROVIDERS: Mapping[str, tuple[str, ...]] = {
    "openai": ("OPENAI_API_KEY",),
    "anthropic": ("ANTHROPIC_API_KEY",),
    "google": ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
}
"""The providers, and the environment variables that hold their keys."""

OWN_KEY = "SEEDFAST_ASSIST_KEY"
"""The environment variable that holds the key for a ``base_url``."""

SENDABLE = ("comments", "defaults", "literals")
"""What is left out of a request unless it is allowed."""

OFF = "off"
"""What ``--assist`` says to ask nobody."""

LOCK = "seedfast.lock"

_KEYS = ("provider", "model", "base_url", "send", "timeout", "budget")
_TIMEOUT, _BUDGET = 60, 100_000


@dataclass(frozen=True, slots=True)
class Assist:
    """A model to ask, and the bounds of asking. It holds no key: that is read from the environment when it is used.

    ``send`` says which of ``SENDABLE`` may cross. ``timeout`` are seconds for one question, ``budget`` the tokens
    that it may take, by estimate. ``lock`` is the file of accepted answers; where ``frozen``, nothing else is asked,
    and unless it ``keeps`` answers, none is written there.
    """

    provider: str
    model: str
    lock: Path
    base_url: str | None = None
    send: frozenset[str] = frozenset()
    timeout: int = _TIMEOUT
    budget: int = _BUDGET
    frozen: bool = False
    keeps: bool = True

    @property
    def name(self) -> str:
        """The model as ``--assist`` names it."""
        return f"{self.provider}:{self.model}"


def read(
    section: Mapping[str, Any] | None, flag: str | None, folder: Path, *, frozen: bool = False, keeps: bool = True
) -> Assist | None:
    """Return the model that a flag, else a section of seedfast.toml, names; None where neither does, or it is off."""
    if flag == OFF or (flag is None and section is None):
        return None
    said = dict(section or {})
    for name in said:
        if name not in _KEYS:
            near = difflib.get_close_matches(name, _KEYS, n=1)
            raise _wrong(f"there is no {name!r}", f"It has {', '.join(_KEYS)}." if not near else f"Try {near[0]}.")
    if flag is not None:
        flagged, _, chosen = flag.partition(":")
        # What the file says of another provider's address isn't meant for this one.
        if said.get("provider") not in (None, flagged):
            said.pop("base_url", None)
        said |= {"provider": flagged, "model": chosen}
    named, model = said.get("provider"), said.get("model")
    if named not in PROVIDERS or not isinstance(model, str) or not model:
        raise _wrong(f"{named}:{model} names no model", f"Write PROVIDER:MODEL with one of {', '.join(PROVIDERS)}.")
    return Assist(
        str(named),
        model,
        folder / LOCK,
        _address(said.get("base_url")),
        _send(said.get("send", [])),
        _number("timeout", said.get("timeout", _TIMEOUT)),
        _number("budget", said.get("budget", _BUDGET)),
        frozen,
        keeps,
    )


def key(settings: Assist, environ: Mapping[str, str]) -> str | None:
    """Return the key for a model, None where the environment holds none.

    A provider's own key goes to the provider alone: a ``base_url`` comes with a project, and might be anybody's.
    """
    names = (OWN_KEY,) if settings.base_url else (*PROVIDERS[settings.provider], OWN_KEY)
    return next((environ[name] for name in names if environ.get(name)), None)


def _address(said: Any) -> str | None:
    if said is None:
        return None
    parts = urlsplit(said) if isinstance(said, str) else urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _wrong("base_url is no address", "Write one such as http://localhost:11434/v1.")
    if "@" in parts.netloc or parts.query:
        raise _wrong("base_url holds more than an address", f"A key belongs into the environment, as {OWN_KEY}.")
    return str(said)


def _send(said: Any) -> frozenset[str]:
    if not isinstance(said, list) or not all(each in SENDABLE for each in said):
        raise _wrong("send is no list of what may be sent", f"It may name {', '.join(SENDABLE)}.")
    return frozenset(said)


def _number(name: str, said: Any) -> int:
    if type(said) is not int or said <= 0:
        raise _wrong(f"{name} is {said!r}", "It is a whole number above 0.")
    return said


def _wrong(message: str, hint: str) -> UsageError:
    return UsageError("SF-ASSIST-SETTING", f"The model to ask ([assist], --assist): {message}.", hint)
