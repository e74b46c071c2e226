"""The language model port over an OpenAI-compatible chat API, within a deadline that holds."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from shared.adapters.openai.breaker import CircuitBreaker
from shared.adapters.openai.errors import Refused, Silent, Transient, translated
from shared.adapters.openai.joined import Joined
from shared.adapters.openai.settings import OpenAISettings
from shared.adapters.openai.wire import completion, delta, mapping, request
from shared.assistant.errors import ModelMisbehaved, ModelUnavailable
from shared.assistant.models import Completion, Prompt
from shared.kernel.ports import Ids

if TYPE_CHECKING:
    from openai import OpenAI, Stream
    from openai.types.chat import ChatCompletionChunk

    from shared.adapters.openai.transport import Wall

T = TypeVar("T")

SHORTEST_ATTEMPT = 0.5
"""Seconds a second attempt must have left to be worth its tokens."""


class OpenAIModel:
    """Calls the model at most twice. Thread-safe; builds its client on the first call.

    `ids` gives the random code that fences data and the jitter; `sleep` waits between the two attempts.
    """

    def __init__(
        self,
        settings: OpenAISettings,
        ids: Ids,
        sleep: Callable[[float], None],
        breaker: CircuitBreaker,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._ids = ids
        self._sleep = sleep
        self._breaker = breaker
        self._now = monotonic
        self._lock = Lock()
        self._built: tuple[OpenAI, Wall] | None = None

    @property
    def name(self) -> str:
        """`openai/<model>`"""
        return f"openai/{self._settings.model}"

    def complete(self, prompt: Prompt, deadline: float) -> Completion:
        """One reply within `deadline` seconds; see the port."""
        until = self._now() + deadline
        return self._attempts(lambda first: self._complete(prompt, first, until), until)

    def stream(self, prompt: Prompt, deadline: float) -> Iterator[str]:
        """The reply's text as it comes; the deadline counts from this call, not from the first step."""
        return self._stream(prompt, self._now() + deadline)

    def close(self) -> None:
        """Close the connections, if any were opened; the next call opens new ones."""
        with self._lock:
            built, self._built = self._built, None
        if built is not None:
            built[0].close()

    def _complete(self, prompt: Prompt, first: float, until: float) -> Completion:
        """Streamed though nobody reads along: only so a provider that is down shows before one that is slow."""
        client, wall = self._client()
        fields = self._fields(prompt, until) | {"stream": True, "stream_options": {"include_usage": True}}
        with translated(), wall.until(first):
            raw = client.chat.completions.with_raw_response.create(**fields)
            if "json" in raw.headers.get("content-type", ""):
                return completion(json.loads(raw.http_response.read()), prompt, self.name)
            stream = raw.parse()
        return completion(self._joined(stream, first, until), prompt, self.name)

    def _joined(self, stream: "Stream[ChatCompletionChunk]", first: float, until: float) -> Mapping[str, Any]:
        joined = Joined()
        try:
            while (chunk := self._step(stream, until if joined.begun else first)) is not None:
                joined.add(chunk)
        finally:
            stream.close()
        return joined.reply()

    def _stream(self, prompt: Prompt, until: float) -> Iterator[str]:
        stream, text, ended = self._attempts(lambda first: self._open(prompt, first, until), until)
        try:
            while True:
                if text:
                    yield text
                step = self._step(stream, until)
                if step is None:
                    break
                text, over = delta(step)
                ended = ended or over
        except ModelUnavailable as error:
            self._breaker.failed(error.retry_after, isinstance(error, Silent))
            raise
        finally:
            stream.close()
        if not ended:
            # A connection closed early looks like a short answer unless the reason to stop is missed.
            raise ModelUnavailable(cause="cut_off")

    def _open(self, prompt: Prompt, first: float, until: float) -> "tuple[Stream[ChatCompletionChunk], str, bool]":
        """A stream up to its first text: only until then may a failure be tried again."""
        client, wall = self._client()
        with translated(), wall.until(first):
            stream = client.chat.completions.create(stream=True, **self._fields(prompt, until))
        text, ended, at = "", False, first
        try:
            while not text and (step := self._step(stream, at)) is not None:
                text, over = delta(step)
                ended, at = ended or over, until
        except BaseException:
            stream.close()
            raise
        return stream, text, ended

    def _step(self, stream: "Stream[ChatCompletionChunk]", until: float) -> Mapping[str, Any] | None:
        if self._now() >= until:
            raise Silent(cause="deadline")
        _, wall = self._client()
        with translated(), wall.until(until):
            chunk = next(stream, None)
        if chunk is None:
            return None
        # What is not an object the package passes on as it is.
        return mapping(chunk.to_dict(warnings=False) if hasattr(chunk, "to_dict") else chunk)

    def _attempts(self, attempt: Callable[[float], T], until: float) -> T:
        """The result of one attempt or two, each told when its reply must have begun."""
        if self._now() >= until:
            raise ModelUnavailable(cause="deadline")
        self._breaker.check()
        try:
            self._client()  # a second or more the first time, and not the provider's
            first = min(until, self._now() + self._settings.first_word)
            try:
                result = attempt(first)
            except Transient as error:
                self._wait(error, first)
                result = attempt(first)
        except (Refused, ModelMisbehaved):
            self._breaker.succeeded()
            raise
        except ModelUnavailable as error:
            self._breaker.failed(error.retry_after, isinstance(error, Silent))
            raise
        self._breaker.succeeded()
        return result

    def _wait(self, error: Transient, until: float) -> None:
        """Wait before the second attempt; raises `error` again when the time left does not allow one."""
        wait = (error.retry_after or 0.0) + 0.1 + 0.4 * self._ids.fraction()
        if self._now() + wait + SHORTEST_ATTEMPT > until:
            raise error
        self._sleep(wait)

    def _fields(self, prompt: Prompt, until: float) -> dict[str, Any]:
        left = max(until - self._now(), 0.001)
        fields: dict[str, Any] = {"model": self._settings.model, "timeout": min(self._settings.timeout, left)}
        if self._settings.send_temperature:
            fields["temperature"] = prompt.temperature
        if self._settings.reasoning_effort:
            fields["reasoning_effort"] = self._settings.reasoning_effort
        return fields | request(prompt, self._ids.token()[:16])

    def _client(self) -> "tuple[OpenAI, Wall]":
        with self._lock:
            if self._built is None:
                from shared.adapters.openai.client import build
                from shared.adapters.openai.transport import Wall

                wall = Wall(self._now)
                with translated():
                    self._built = build(self._settings, wall), wall
            return self._built
