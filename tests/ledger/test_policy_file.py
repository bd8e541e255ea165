"""The sequencer's view of the policy file: damaged, gone or back, whoever is known stays known."""

from __future__ import annotations

from pathlib import Path

from pamong.ledger.sequencer.places import Places
from pamong.ledger.sequencer.policies import PolicyFile
from pamong.ledger.tree.notes import COSIGNATURE, SigningKey


def test_a_policy_that_is_damaged_or_gone_leaves_the_last_one_in_force(tmp_path: Path) -> None:
    places = Places("kepegawaian.contoh.go.id", tmp_path, tmp_path)
    file = PolicyFile(places)
    assert not file.witnesses() and "tidak dapat dibaca" in file.fault, "there was none yet"
    key = SigningKey.generate("saksi.contoh.go.id", COSIGNATURE).vkey
    good = f"witness luar1 {key} https://saksi.contoh.go.id/\ngroup luar any luar1\nquorum luar\n"
    places.policy.write_text(good)
    assert [each.name for each in file.witnesses()] == ["luar1"] and not file.fault
    places.policy.write_text("witness satu\n")
    assert [each.name for each in file.witnesses()] == ["luar1"] and "yang lama masih dipakai" in file.fault
    places.policy.unlink()
    assert [each.name for each in file.witnesses()] == ["luar1"] and "yang lama masih dipakai" in file.fault
    places.policy.write_text(good)
    assert [each.name for each in file.witnesses()] == ["luar1"] and not file.fault
