"""SQLite for many writers in one process: whoever writes waits for their turn, and not for a guess at when it comes."""
