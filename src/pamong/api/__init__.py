"""The interface for machines, ``/api/v1``: parse, call one function, answer."""
