"""Our server as it is, with one address more, at which it is told what to say to a room."""
