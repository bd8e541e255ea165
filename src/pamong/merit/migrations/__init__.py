"""Migrations of merit."""
