"""The plan of the room: which tables there are, and where people come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matching import payloads
from matching.models import VenueTable
from matching.services.acting import organiser_acts
from matching.services.telling import tell_console
from tablemates.live.publish import publish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from events.models import Event
    from matching.models import Mixer
    from tablemates.live.publish import Facts


def set_venue(
    *,
    event: Event,
    version: int,
    entrance: Mapping[str, int],
    tables: Sequence[Mapping[str, Any]],
    by: str = "",
) -> Mixer:
    """Say anew which tables there are: for the next plan. Nobody who sits is moved. Without any, tables are alike."""
    with organiser_acts(event, version, by) as act:
        mixer = act.mixer
        act.note("venue_changed")
        mixer.entrance_x, mixer.entrance_y = entrance["x"], entrance["y"]
        mixer.save(update_fields=["entrance_x", "entrance_y"])
        mixer.venue.all().delete()
        VenueTable.objects.bulk_create(VenueTable(mixer=mixer, **table) for table in tables)
        console = tell_console(mixer, [])
        console["set"]["venue"] = payloads.venue_for_console(mixer)
        plan: Facts = {"set": {"plan": payloads.plan_of(mixer)}}
        told = {"console": console, "screen": plan, "phones": plan}
        publish(stream=event.pk, type="venue.changed", audiences=told, ring=True)
    return mixer
