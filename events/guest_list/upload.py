"""A guest list as an organiser sends it from the console: to try, with columns named by hand, or to take."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from events.guest_list.registering import COUNTED, register_guests
from events.importing import Progress, UnreadableGuestList, read_guest_list
from tablemates.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from events.models import Event


@dataclass(frozen=True)
class Upload:
    """A file, and what the organiser said of it."""

    data: bytes
    filename: str
    dry_run: bool = False
    mapping: Mapping[int, str] = field(default_factory=dict)
    """What columns hold (see `importing.FIELDS`), or "" for nothing, where the organiser knows better."""
    has_header: bool = True


def import_upload(
    *, event: Event, upload: Upload, progress: Progress | None = None
) -> dict[str, Any]:
    """Import the file or only say what would happen; returns what `guest_list.register_guests` returns.

    A file whose headers say nothing is refused; tried out, it comes back with its columns, to be named by hand.
    """
    try:
        guests = read_guest_list(
            upload.data,
            filename=upload.filename,
            mapping=upload.mapping,
            has_header=upload.has_header,
            progress=progress if upload.dry_run else None,
        )
    except UnreadableGuestList as problem:
        if upload.dry_run and problem.columns:
            return _nothing_known(problem)
        raise Refusal(problem.code, str(problem), status=400, field="file") from problem
    return register_guests(
        event=event,
        guests=guests,
        dry_run=upload.dry_run,
        progress=None if upload.dry_run else progress,
    )


def _nothing_known(problem: UnreadableGuestList) -> dict[str, Any]:
    return {
        "source": "plain",
        "columns": [asdict(column) for column in problem.columns],
        **dict.fromkeys(COUNTED.values(), 0),
        "errors": 1,
        "rows": [{"line": 1, "outcome": "error", "reason": str(problem)}],
    }
