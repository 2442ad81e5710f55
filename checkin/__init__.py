"""The door: scans, stations, the ledger, and who is present."""
