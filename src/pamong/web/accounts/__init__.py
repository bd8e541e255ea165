"""Accounts for the operators: who signs in, in what roles, and resets by two people."""
