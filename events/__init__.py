"""The gathering and its people: events, attendees, tickets, interests and guest lists."""
