"""The providers' protocols, by way of pydantic-ai; imported only where a model is asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx2
from pydantic_ai import Agent, StructuredDict, ToolOutput, UsageLimits
from pydantic_ai.exceptions import ModelHTTPError, UnexpectedModelBehavior
from pydantic_ai.models import Model

from seedfast.assist.ask import NotAnsweredError
from seedfast.assist.payload import Question
from seedfast.assist.settings import Assist

LARGEST = 1 << 20
"""The most bytes of a reply."""

LONGEST = 8_000
"""The most tokens that a model is let write."""

_REQUESTS = 2

_ADDRESSES = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "google": "https://generativelanguage.googleapis.com",
}
"""Given to the client libraries, which would otherwise take an address from the environment."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What came back: a JSON object, and the tokens that the provider counted."""

    data: dict[str, Any]
    tokens_in: int
    tokens_out: int


class _Door(httpx2.AsyncBaseTransport):
    """Where requests leave the process: one that is shut keeps the first of them. What comes in is measured."""

    def __init__(self, *, shut: bool = False) -> None:
        self._shut = shut
        self._outside = httpx2.AsyncHTTPTransport()
        self.kept: httpx2.Request | None = None
        self.trouble = ""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        # Nothing is unpacked: a small reply can't become a large one.
        request.headers["accept-encoding"] = "identity"
        if self._shut:
            await request.aread()
            self.kept = request
            raise httpx2.ConnectError("nothing is sent")
        response = await self._outside.handle_async_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            self.trouble = "its reply is packed"
            raise httpx2.ReadError(self.trouble)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        stream = _Measured(self, response.stream)
        return httpx2.Response(
            response.status_code, headers=response.headers, stream=stream, extensions=response.extensions
        )

    async def aclose(self) -> None:
        await self._outside.aclose()


class _Measured(httpx2.AsyncByteStream):
    def __init__(self, door: _Door, stream: httpx2.AsyncByteStream) -> None:
        self._door = door
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        come = 0
        async for part in self._stream:
            come += len(part)
            if come > LARGEST:
                self._door.trouble = f"its reply is larger than {LARGEST:,} bytes"
                raise httpx2.ReadError(self._door.trouble)
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


def saying(question: Question, settings: Assist, key: str) -> Callable[[], Awaitable[Spoken]]:
    """Return what puts a question to a model and returns its reply; a ``NotAnsweredError`` says why there is none.

    All that takes time on this machine is done before.
    """
    door = _Door()
    client = _client(door, settings)
    agent = _agent(question, settings, key, client)

    async def say() -> Spoken:
        async with client, asyncio.timeout(settings.timeout):
            try:
                result = await agent.run(
                    question.prompt,
                    model_settings={"max_tokens": LONGEST, "timeout": settings.timeout},
                    usage_limits=UsageLimits(request_limit=_REQUESTS),
                )
            except ModelHTTPError as error:
                raise NotAnsweredError(f"it answers with the status {error.status_code}") from None
            except UnexpectedModelBehavior:
                raise NotAnsweredError("its reply isn't of the form that was asked for") from None
            except Exception as error:  # noqa: BLE001  whatever a stranger brings about, the plan is made without him
                raise NotAnsweredError(door.trouble or f"asking it failed ({type(error).__name__})") from None
        return Spoken(dict(result.output), result.usage.input_tokens, result.usage.output_tokens)

    return say


async def unsaid(question: Question, settings: Assist) -> tuple[str, str, bytes]:
    """Return method, address and body of the request that ``saying`` leads to."""
    door = _Door(shut=True)
    async with _client(door, settings) as client:
        try:
            await _agent(question, settings, "none", client).run(
                question.prompt, model_settings={"max_tokens": LONGEST, "timeout": settings.timeout}
            )
        except Exception:
            if door.kept is None:
                raise
    assert door.kept is not None
    return door.kept.method, str(door.kept.url), door.kept.content


def _client(door: _Door, settings: Assist) -> httpx2.AsyncClient:
    # A redirect would carry the key to another address.
    return httpx2.AsyncClient(transport=door, timeout=settings.timeout, follow_redirects=False)


def _agent(question: Question, settings: Assist, key: str, client: httpx2.AsyncClient) -> Agent[None, dict[str, Any]]:
    form = StructuredDict(dict(question.schema), name="answer", description="The answer to the question.")
    return Agent(
        _model(settings, key, client),
        output_type=ToolOutput(form, name="answer"),
        instructions=question.instructions,
        retries=_REQUESTS - 1,
    )


def _model(settings: Assist, key: str, client: httpx2.AsyncClient) -> Model:
    address = settings.base_url or _ADDRESSES[settings.provider]
    if settings.provider == "anthropic":
        from anthropic import AsyncAnthropic
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        speaker = AsyncAnthropic(api_key=key, base_url=address, http_client=client, max_retries=0)
        return AnthropicModel(settings.model, provider=AnthropicProvider(anthropic_client=speaker))
    if settings.provider == "google":
        from pydantic_ai.models.google import GoogleModel
        from pydantic_ai.providers.google import GoogleProvider

        provider = GoogleProvider(api_key=key, base_url=address, http_client=client)
        return GoogleModel(settings.model, provider=provider)
    from openai import AsyncOpenAI
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    asking = AsyncOpenAI(api_key=key, base_url=address, http_client=client, max_retries=0)
    return OpenAIChatModel(settings.model, provider=OpenAIProvider(openai_client=asking))
