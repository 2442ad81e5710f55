"""The Django project: settings, wiring, and the rooms that are not events, checkin or matching."""
