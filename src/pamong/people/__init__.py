"""Persons, their employment, rank, education, family, and who sits where, through time."""
