"""Presence: which days a person was expected, and what the punches of those days say."""
