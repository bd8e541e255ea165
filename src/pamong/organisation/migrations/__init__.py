"""Migrations of organisation: units, posts, seats, lines, and the places derived from them."""
