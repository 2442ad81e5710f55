"""An evening without people: a bundled guest list, and simulated phones that arrive through the real door."""
