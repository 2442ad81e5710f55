"""What follows a conversation, over HTTP: for phones, each its own page, and for organisers what they may know."""
