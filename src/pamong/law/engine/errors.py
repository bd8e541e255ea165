"""What the engine refuses, each in one Indonesian sentence."""


class LawError(Exception):
    """A parameter, a formula or a request that the engine refuses; the text says what, where and why."""


class NotInForce(LawError):
    """No rule holds on the date that was asked for. `what`: its title; `last`: where the last one stood."""

    def __init__(self, sentence: str, what: str = "", last: str = "") -> None:
        super().__init__(sentence)
        self.what = what
        self.last = last
