"""Imports of the register: a file is read, each row matched and planned, then stored on one basis.

``services`` is the face. The web process never loads this package: pages read ``people.queries.batches``.
"""
