"""Measures the door beside a bare Django REST view that does the least a check-in must do."""
