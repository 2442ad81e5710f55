"""The one mouth: what changed goes out to consoles, phones and screens. Knows no models of other rooms."""
