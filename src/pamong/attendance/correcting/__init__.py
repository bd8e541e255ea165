"""Requests to correct a day: whose turn it is to answer, and until when."""
