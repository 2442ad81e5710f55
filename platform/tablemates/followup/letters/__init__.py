"""What goes from one person to another once they are introduced: a letter, a card, a time to talk."""
