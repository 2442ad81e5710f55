"""The floor: what a check-in costs when a bare Django REST view does look-up, ledger and update, and nothing else."""
