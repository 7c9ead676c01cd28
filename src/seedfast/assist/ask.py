"""The one way to a model: a question goes out, and what comes back is bounded in time and size and not believed.

No error of the client library or the provider is passed on in its own words: these may hold the key, or be anybody's.
"""

from __future__ import annotations

import asyncio
import json
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from seedfast.assist.payload import Question
from seedfast.assist.settings import Assist
from seedfast.errors import UsageError

if TYPE_CHECKING:
    from seedfast.assist.wire import Spoken

_GRACE = 5.0
"""Seconds beyond the timeout that the client library gets to give up by itself."""


class NotAnsweredError(Exception):
    """No usable reply came; the message says why in our own words."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said, not yet checked against anything, and the tokens that it took."""

    data: dict[str, Any]
    tokens_in: int
    tokens_out: int


def ask(question: Question, settings: Assist, key: str | None) -> Reply:
    """Return the reply to a question; a ``NotAnsweredError`` says why there is none."""
    if key is None and settings.base_url is None:
        raise NotAnsweredError("the environment holds no key for it")
    spoken = _bounded(_wire().saying(question, settings, key or "none"), settings.timeout + _GRACE)
    return Reply(spoken.data, spoken.tokens_in, spoken.tokens_out)


def request_of(question: Question, settings: Assist) -> str:
    """Return the request that would be sent, without its key and without sending it."""
    method, url, body = asyncio.run(_wire().unsaid(question, settings))
    return f"{method} {url}\n\n{json.dumps(json.loads(body), ensure_ascii=False, indent=2)}"


def _wire() -> Any:
    try:
        from seedfast.assist import wire
    except ImportError:
        raise UsageError(
            "SF-ASSIST-SETTING",
            "Asking a model needs a client library that isn't installed.",
            "Install it: pip install 'seedfast[assist]'.",
        ) from None
    return wire


def _bounded(say: Callable[[], Any], seconds: float) -> Spoken:
    """Run a coroutine in a thread that is left behind where it doesn't end in time."""
    said: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def run() -> None:
        try:
            said.put(asyncio.run(say()))
        except BaseException as error:  # noqa: BLE001  it is raised again, in words of ours, by who waits
            said.put(error)

    threading.Thread(target=run, name="assist", daemon=True).start()
    try:
        outcome = said.get(timeout=seconds)
    except queue.Empty:
        raise NotAnsweredError("it didn't answer in time") from None
    if isinstance(outcome, NotAnsweredError):
        raise outcome
    if isinstance(outcome, TimeoutError):
        raise NotAnsweredError("it didn't answer in time") from None
    if isinstance(outcome, BaseException):
        raise NotAnsweredError(f"asking it failed ({type(outcome).__name__})") from None
    spoken: Spoken = outcome
    return spoken
