"""Decisions: what was proposed, which gates it passed, who signed it, and the order that came of it."""
