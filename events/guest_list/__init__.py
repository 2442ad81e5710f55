"""From a guest list that was read to people of an event: all of it or nothing, and the same file twice changes nothing."""

from events.guest_list.registering import import_guest_list, register_guests

__all__ = ["import_guest_list", "register_guests"]
