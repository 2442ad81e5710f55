"""The baseline: a server made of the `websockets` library alone, which tells all its sockets by the library's own broadcast.

It knows nobody, keeps nothing, asks no database: what it is told, on its standard input, it says.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

from websockets.asyncio.server import ServerConnection, broadcast, serve

# As ours under uvicorn: no compression, and a queue that a thousand sockets at once fit into.
OPTIONS = {"compression": None, "backlog": 2048}


encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


class Baseline:
    """Sockets in the order in which they came, and what each is told on coming."""

    def __init__(self) -> None:
        self.sockets: list[ServerConnection] = []
        self.welcome: list[dict[str, Any]] = [{}]

    async def handle(self, socket: ServerConnection) -> None:
        """Hear the first frame, answer it, and keep the socket."""
        await socket.recv()
        self.sockets.append(socket)
        try:
            for frame in self.welcome:
                await socket.send(encode(frame))
            await socket.wait_closed()
        finally:
            self.sockets.remove(socket)

    def say(self, frames: list[dict[str, Any]]) -> float:
        """One frame to all, or one to each; returns when it began."""
        began = time.monotonic()
        if len(frames) == 1:
            broadcast(self.sockets, encode(frames[0]))
        else:
            for socket, frame in zip(self.sockets, frames, strict=True):
                broadcast([socket], encode(frame))
        return began


async def main() -> None:
    """Serve, and say what each line of the input holds."""
    baseline, loop = Baseline(), asyncio.get_running_loop()
    async with serve(baseline.handle, "127.0.0.1", int(sys.argv[1]), **OPTIONS):  # type: ignore[arg-type]
        sys.stdout.write("null\n")
        sys.stdout.flush()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            order = json.loads(line)
            baseline.welcome = order.get("welcome", baseline.welcome)
            began = baseline.say(order["say"]) if "say" in order else 0.0
            sys.stdout.write(json.dumps(began) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
