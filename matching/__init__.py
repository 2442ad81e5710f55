"""Who meets whom: mixers, rounds, tables and seats."""
