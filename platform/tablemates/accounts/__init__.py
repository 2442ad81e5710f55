"""Organisers and their teams: who may open the console."""
