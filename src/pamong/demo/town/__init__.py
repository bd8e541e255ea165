"""The invented town: units, seats, people and their careers as rows; no database. ``build.town`` makes it."""
