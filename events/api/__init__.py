"""Events over HTTP, for organisers: events and guest lists, topics, tickets."""
