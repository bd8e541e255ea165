"""What a refusal says: the roles that may where they are few, plain words where they are many."""

from __future__ import annotations

from datetime import date

import pytest

from pamong.access import policies
from pamong.access.errors import NotAllowed
from pamong.kernel.actor import Actor, Grant
from pamong.web import labels

STRANGER = Actor(1, None, "Uji", (Grant("public"),), date(2026, 11, 10))


def test_the_refusal_names_who_may() -> None:
    answer = policies.may(STRANGER, "pay:run")
    assert (bool(answer), "Petugas kepegawaian" in answer.reason) == (False, True)
    with pytest.raises(NotAllowed, match="Petugas kepegawaian"):
        policies.require(STRANGER, "pay:run")


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        ("organisation:read", "hanya untuk pegawai yang masih bertugas."),
        ("people:read", "hanya untuk atasan, petugas, pemeriksa, atau pejabat yang diberi peran."),
        ("pay:read", "hanya untuk petugas, pemeriksa, atau pejabat yang diberi peran."),
        ("quality:list", "hanya untuk Petugas unit, Petugas kepegawaian, atau Inspektorat."),
    ],
)
def test_of_more_than_three_roles_the_refusal_says_plainly_who_may(permission: str, words: str) -> None:
    answer = policies.may(STRANGER, permission)
    assert words in answer.reason
    assert answer.reason.count(",") < 4


def test_pages_know_a_translation_of_each() -> None:
    spoken = {str(text) for text in labels.CROWDS}
    assert spoken == {policies.IN_SERVICE, policies.LEADERS_AND_OFFICES, policies.OFFICES}
