"""Pamong: civil-service HR for Indonesian governments."""

__version__ = "0.1.0"
