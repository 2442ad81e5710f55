"""Measures crowds: how fast a word reaches every phone, and how fast a scan becomes a seat."""
