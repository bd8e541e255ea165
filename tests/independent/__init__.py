"""Recomputed by somebody else."""
