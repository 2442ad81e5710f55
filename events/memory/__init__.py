"""What a series remembers of people who want it to: who knows whom, how well, and what kind of company that makes."""
