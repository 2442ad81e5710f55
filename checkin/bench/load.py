"""The load: so many clients, each with one connection that stays open, each asking as soon as it was answered.

Raw sockets and requests that are encoded beforehand: what is measured is the server.
"""

from __future__ import annotations

import asyncio
import gc
import json
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE = 60.0


class WrongAnswer(RuntimeError):
    """The server did not do what is measured: the figures would mean nothing."""


@dataclass(frozen=True)
class Load:
    """How long one load took, and each of its requests, in seconds."""

    seconds: float
    latencies: list[float]

    def percentile(self, percent: int) -> float:
        """The latency that so many percent of the requests keep, in seconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def request(port: int, path: str, body: dict[str, str], authorization: str = "") -> bytes:
    """One POST of JSON, as it goes over the wire."""
    sent = json.dumps(body).encode()
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Accept: application/json",
        "Content-Type: application/json",
        f"Content-Length: {len(sent)}",
        *([f"Authorization: {authorization}"] if authorization else []),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + sent


def put_under_load(port: int, requests: Sequence[bytes], clients: int) -> Load:
    """Send all requests, `clients` at a time. Raises WrongAnswer unless each is answered 201."""
    gc.collect()
    gc.disable()
    try:
        return asyncio.run(_send_all(port, requests, clients))
    finally:
        gc.enable()


async def _send_all(port: int, requests: Sequence[bytes], clients: int) -> Load:
    waiting, latencies = deque(requests), list[float]()
    lines = [await asyncio.open_connection("127.0.0.1", port) for _client in range(clients)]
    try:
        began = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(_client(*line, waiting, latencies) for line in lines))
        return Load(time.perf_counter() - began, latencies)
    finally:
        for _reader, writer in lines:
            writer.close()


async def _client(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    waiting: deque[bytes],
    latencies: list[float],
) -> None:
    while waiting:
        sent, began = waiting.popleft(), time.perf_counter()
        writer.write(sent)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length(head))
        latencies.append(time.perf_counter() - began)
        if not head.startswith(b"HTTP/1.1 201"):
            raise WrongAnswer(f"{sent.split(b' HTTP')[0].decode()} got {(head + body)[:500]!r}")


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise WrongAnswer(f"An answer without a length: {head!r}")
