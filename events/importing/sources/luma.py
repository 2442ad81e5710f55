"""Luma's guest export (luma.com, lu.ma).

Headers as real exports have them: since 2025 `guest_id` and `utm_source` stand where `api_id` and `custom_source` stood,
and more tracking columns come and go. Questions follow by their text. The door scans the whole `qr_code_url`; its
`pk` alone opens too.
"""

from events.importing.sources.source import Source

LUMA = Source(
    name="luma",
    own_aliases={
        "position": ("guest_id", "api_id"),
        "secret": ("qr_code_url",),
        "status": ("approval_status",),
    },
    marks=frozenset({"position"}),
    telltales=("approval_status", "qr_code_url", "ticket_type_id"),
)
