"""Careers by law: the periodic raise."""
