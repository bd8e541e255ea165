"""Paths between people: shortest, the same either way, in sentences; none recorded is no proof of none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pamong.merit.kinship import Connections, Declared, Known, conflicts

ANI = Known("a", "Ani", nik="1", address="Jl. Kenari No. 5")
BUDI = Known("b", "Budi", nik="2", family_card="33")
CITRA = Known("c", "Citra", nik="3", family_card="33", address="jl kenari no 5")
DEWA = Known("d", "Dewa", nik="4")
ALL = (ANI, BUDI, CITRA, DEWA)


def sentences(one: str, other: str, most: int, *declared: Declared) -> tuple[str, ...] | None:
    found = Connections(ALL, declared).path(one, other, most)
    return found.sentences if found else None


def test_a_declared_relative_counts_in_both_directions() -> None:
    named = Declared("a", "Saudara kandung", "Dewa", relative="d")
    expected = ("Ani mencatat Dewa sebagai saudara kandung.",)
    assert sentences("a", "d", 1, named) == expected
    assert sentences("d", "a", 1, named) == expected


def test_a_relative_who_is_known_by_nik_only_is_found_in_service() -> None:
    assert sentences("a", "d", 1, Declared("a", "Anak", "Dewa P.", nik="4")) == (
        "Ani mencatat Dewa sebagai anak.",
    )


def test_two_who_name_the_same_outsider_are_connected_by_two_steps() -> None:
    child, spouse = Declared("a", "Anak", "Eka", nik="9"), Declared("d", "Suami/istri", "Eka", nik="9")
    assert sentences("a", "d", 2, child, spouse) == (
        "Ani mencatat Eka sebagai anak.",
        "Dewa mencatat Eka sebagai suami/istri.",
    )
    assert sentences("d", "a", 2, child, spouse) == (
        "Dewa mencatat Eka sebagai suami/istri.",
        "Ani mencatat Eka sebagai anak.",
    )
    assert sentences("a", "d", 1, child, spouse) is None


def test_one_family_card_and_one_address() -> None:
    assert sentences("b", "c", 1) == ("Budi dan Citra tercatat satu kartu keluarga.",)
    assert sentences("a", "c", 1) == ("Ani dan Citra tercatat satu alamat.",)
    assert sentences("a", "b", 2) is not None
    assert sentences("a", "b", 1) is None


def test_what_was_declared_goes_before_an_address() -> None:
    named = Declared("c", "Saudara kandung", "Ani", relative="a")
    assert sentences("a", "c", 1, named) == ("Citra mencatat Ani sebagai saudara kandung.",)


def test_nothing_recorded_is_no_path_and_nobody_is_his_own_kin() -> None:
    assert sentences("a", "d", 9) is None
    assert sentences("a", "a", 9) is None
    assert sentences("a", "zz", 9) is None
    assert sentences("a", "d", 0, Declared("a", "Anak", "Dewa", relative="d")) is None


def test_empty_cards_addresses_and_names_without_nik_connect_nobody() -> None:
    people = (Known("x", "X"), Known("y", "Y"))
    named = (Declared("x", "Anak", "Sari"), Declared("y", "Anak", "Sari"))
    assert Connections(people, named).path("x", "y", 9) is None


def test_case_J_16_conflicts_of_a_panel_with_candidates() -> None:
    known = Connections(ALL, [Declared("d", "Mertua/ipar/menantu", "Budi", relative="b")])
    found = conflicts(known, ["d", "a"], ["b", "c"], 2)
    assert [(each.member, each.candidate, each.path.steps) for each in found] == [
        ("a", "b", 2), ("a", "c", 1), ("d", "b", 1), ("d", "c", 2),
    ]  # fmt: skip


def test_half_a_town_in_one_dormitory_is_still_answered() -> None:
    people = [Known(str(number), f"P{number}", address="Asrama") for number in range(20_000)]
    assert Connections(people, []).path("1", "19999", 3) is not None


_pairs = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14)


@given(_pairs, st.integers(0, 7), st.integers(0, 7), st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_path_is_shortest_and_the_order_of_rows_changes_nothing(
    pairs: list[tuple[int, int]], one: int, other: int, most: int, random: object
) -> None:
    people = [Known(str(number), f"P{number}") for number in range(8)]
    declared = [Declared(str(a), "Kerabat lain", "", relative=str(b)) for a, b in pairs]
    found = Connections(people, declared).path(str(one), str(other), most)
    again = Connections(people[::-1], declared[::-1]).path(str(one), str(other), most)
    assert found == again
    assert (found.steps if found else None) == distance(pairs, one, other, most)


def distance(pairs: list[tuple[int, int]], one: int, other: int, most: int) -> int | None:
    """By an independent way: powers of the set of neighbours."""
    if one == other:
        return None
    reached = {one}
    for step in range(1, most + 1):
        reached |= {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
        if other in reached:
            return step
    return None
