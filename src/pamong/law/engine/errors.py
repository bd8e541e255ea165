"""What the engine refuses, each in one Indonesian sentence."""


class LawError(Exception):
    """A parameter, a formula or a request that the engine refuses; the text says what, where and why."""


class NotInForce(LawError):
    """No rule holds on the date that was asked for."""
