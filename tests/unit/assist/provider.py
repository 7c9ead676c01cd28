"""A provider on this machine that speaks the protocols of OpenAI and Anthropic, and says what a test has it say."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Provider:
    """``say`` answers a request; ``heard`` are the bodies that came, ``keys`` what they authorised themselves with."""

    url: str
    heard: list[bytes] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    say: Behaviour = lambda handler: None

    def answers(self, answer: Any) -> None:
        """Let it give an answer in the form that was asked for, whichever protocol is spoken."""

        def say(handler: BaseHTTPRequestHandler) -> None:
            anthropic = "/messages" in handler.path
            send(handler, json.dumps((as_anthropic if anthropic else as_openai)(answer)).encode())

        self.say = say


def as_openai(answer: Any) -> dict[str, Any]:
    call = {"id": "c", "type": "function", "function": {"name": "answer", "arguments": json.dumps(answer)}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    return {
        "id": "x",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": "tool_calls", "message": message}],
        "usage": {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150},
    }


def as_anthropic(answer: Any) -> dict[str, Any]:
    return {
        "id": "x",
        "type": "message",
        "role": "assistant",
        "model": "m",
        "content": [{"type": "tool_use", "id": "t", "name": "answer", "input": answer}],
        "stop_reason": "tool_use",
        "stop_sequence": None,
        "usage": {"input_tokens": 120, "output_tokens": 30},
    }


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Send 50 MB of a JSON text."""
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.end_headers()
    for _ in range(50):
        handler.wfile.write(b" " * (1 << 20))


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Never answer, as far as a test waits."""
    time.sleep(8)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, so that no read takes long."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.2)


@contextmanager
def provider() -> Iterator[Provider]:
    """Serve for as long as a test runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            here.heard.append(self.rfile.read(int(self.headers["content-length"])))
            here.keys.append(self.headers.get("x-api-key") or self.headers.get("authorization") or "")
            try:
                here.say(self)
            except OSError:
                self.close_connection = True

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    here = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
