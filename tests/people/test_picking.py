"""Which seats a few words bring first: those whose post they name, then heads, then vacant ones."""

from __future__ import annotations

from uuid import UUID, uuid4

from pamong.kernel.actor import Actor
from pamong.ledger import services as ledger
from pamong.ledger.choices import SealKind
from pamong.organisation import models as org
from pamong.people import queries
from tests.support.city import FROM, since
from tests.support.people import TODAY, People


def ward(*posts: tuple[str, bool]) -> dict[str, UUID]:
    """Seats of the puskesmas, and which of them leads it; nobody has them."""
    basis = ledger.seal(actor=Actor.operator("uji", TODAY), kind=SealKind.OPENING, ref=uuid4())
    unit = org.Unit.objects.get(code="pkm_melati")
    seats = {}
    for name, head in posts:
        post = org.Post.objects.create(name=name, kind="pengawas", jenjang="", eselon="")
        seat = org.Seat.objects.create()
        org.SeatRow.objects.create(
            seat=seat, unit=unit, post=post, job_class=9, is_head=head, period=since(FROM), basis_id=basis
        )
        seats[name] = seat.uid
    return seats


def found(people: People, words: str) -> list[UUID]:
    return [each.uid for each in queries.find_seats(actor=people.actor("nurul"), on=TODAY, words=words)]


def test_the_post_that_the_words_name_comes_first(people: People) -> None:
    seats = ward(("Kepala Seksi Melati Lurah", False), ("Lurah", True), ("Sekretaris Lurah", False))
    assert found(people, "lurah melati")[0] == seats["Lurah"]
    assert found(people, "sekretaris lurah melati")[0] == seats["Sekretaris Lurah"]


def test_then_who_leads_a_unit_then_vacant_ones(people: People) -> None:
    seats = ward(("A Pengelola Melati", False), ("Z Penanggung Melati", True))
    assert found(people, "melati")[0] == seats["Z Penanggung Melati"]
    vacant, taken = people.city.seats["free"], people.city.seats["foreign"]
    assert found(people, "pengelola data") == [vacant, taken]
