"""The mixer over HTTP, by what it is about: the event, its rounds, its people. What changed arrives over the socket."""
