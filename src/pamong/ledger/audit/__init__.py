"""The audit: everything that the log says is computed again and compared, both ways. No Django.

It reads one state of the database, the published files, and what outsiders hold; it changes nothing.
"""
