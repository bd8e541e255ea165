"""Reads of the ledger by what they answer; ``pamong.ledger.queries`` is the face."""
