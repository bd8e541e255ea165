"""Columns and traces from one formula text: parameters, methods, levels, rounding, explanation."""
