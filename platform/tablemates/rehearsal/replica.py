"""A page's copy of the server's state, kept right by sequence numbers: what `frontend/src/live/replica.ts` does, in Python."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]


class Replica:
    """What was seen is dropped, what is out of reach asks for a snapshot, what arrives meanwhile waits for it."""

    def __init__(self) -> None:
        self.state: Record | None = None
        self.seq = 0
        self.waiting: dict[int, Record] = {}

    def knows(self, seq: int) -> bool:
        """Whether we hold everything up to `seq`."""
        return self.state is not None and seq <= self.seq

    def receive(self, message: Record) -> bool:
        """Take a message; False: one before it is missing, or it says less than happened, so a snapshot is needed."""
        if self.knows(message["seq"]):
            return True
        if self.state is None or message.get("reload") or not self.knows(message["prev"]):
            self.waiting[message["seq"]] = message
            return False
        self.state, self.seq = apply(self.state, message), message["seq"]
        return True

    def adopt(self, snapshot: Record) -> bool:
        """Take a snapshot and what waited for it; False: there is still a gap."""
        if not self.knows(snapshot["seq"]):
            self.state, self.seq = snapshot["state"], snapshot["seq"]
        waiting, self.waiting = self.waiting, {}
        received = [self.receive(waiting[seq]) for seq in sorted(waiting)]
        return all(received)


def apply(state: Record, message: Record) -> Record:
    """The state with a message folded in; the old one stays as it was."""
    state = dict(state)
    copied = set[str]()

    def collection(name: str) -> Record:
        if name not in copied:
            state[name] = dict(state[name])
            copied.add(name)
        mine: Record = state[name]
        return mine

    for path in message["unset"]:
        name, _, key = path.partition("/")
        if key:
            collection(name).pop(key, None)
        else:
            state.pop(name, None)
    for path, value in message["set"].items():
        name, _, key = path.partition("/")
        if key:
            collection(name)[key] = value
        else:
            state[name] = value
    return state
