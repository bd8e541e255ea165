"""The two kinds of refusal that a user may see; both carry one usable Indonesian sentence."""


class InvalidValue(ValueError):
    """A value from outside that cannot be what it claims to be; ``str()`` is one Indonesian sentence."""


class DomainError(Exception):
    """An act that the rules do not allow; ``str()`` is one Indonesian sentence that says what to do."""
