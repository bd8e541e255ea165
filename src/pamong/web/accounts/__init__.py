"""Accounts for the operators: who signs in, in what roles, and what takes two of them."""
