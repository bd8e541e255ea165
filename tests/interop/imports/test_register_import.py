"""The export of SIASN imported: new people, the same again, what changed since."""

from __future__ import annotations

from tests.interop.imports.support import Office, counts, register_file, siasn, standing


def test_new_people_come_with_all_that_the_file_tells(office: Office) -> None:
    batch = office.apply(register_file(siasn(1), siasn(2)))
    assert counts(batch) == {"new": 2}
    assert office.problems(batch.uid) == []
    assert [row[0] for row in standing("people_identity", "name")] == ["Dewi Contoh 1", "Dewi Contoh 2"]
