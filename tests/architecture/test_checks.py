"""Each house rule with a good and a bad example."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.architecture import checks

FACES = partial(checks.bypasses_a_face, own="web", domains={"pay": {"formats"}, "access": set()})
LATER = "TO" + "DO"

EXAMPLES = [
    (checks.left_undone, "x = 1  # counted from the first day", f"x = 1  # {LATER} count"),
    (checks.too_long, "def f():\n" + "    x = 1\n" * 39, "def f():\n" + "    x = 1\n" * 40),
    (checks.too_long, "x = 1\n" * 400, "x = 1\n" * 401),
    (checks.asks_the_clock, "def f(at): return at", "from datetime import date\nx = date.today()"),
    (checks.asks_the_clock, "x = row.now()", "import datetime\nx = datetime.datetime.now(UTC)"),
    (checks.uses_float, "x = 10 * 3 // 100", "x = 0.03"),
    (checks.uses_float, "x: int = 3", "x = float(3)"),
    (checks.uses_float, "x = isinstance(y, float | bool)", "def f(x: float): pass"),
    (checks.uses_float, "x = pl.Int64", "x = pl.Float64"),
    (checks.undocumented, '"""A."""\ndef f():\n    """B."""', '"""A."""\ndef f(): pass'),
    (checks.undocumented, '"""A."""\ndef _f(): pass', "x = 1"),
    (FACES, "from pamong.pay import services", "from pamong.pay.models import Slip"),
    (FACES, "from pamong.pay.formats import rupiah", "from pamong.access.models import User"),
    (FACES, "from pamong.web.forms import SlipForm", "import pamong.pay.engine"),
    (checks.actor_not_first, "def f(*, actor, at): pass", "def f(at, *, actor): pass"),
    (checks.actor_not_first, "def _f(x): pass", "def f(*, at, actor): pass"),
]


@pytest.mark.parametrize(("check", "good", "bad"), EXAMPLES)
def test_the_check_tells_good_from_bad(
    check: Callable[[str], Iterator[checks.Breach]], good: str, bad: str
) -> None:
    assert list(check(good)) == []
    assert list(check(bad))
