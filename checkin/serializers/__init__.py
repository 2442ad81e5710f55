"""What the door accepts, by who asks."""
