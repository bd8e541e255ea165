"""Trees against the words of RFC 6962: known roots, every proof of small trees, every mutated proof."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pamong_verify import merkle
from tests.outside import issuing

# The leaves and roots that Certificate Transparency's own tests use.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_known_roots() -> None:
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    hashes = [merkle.leaf_hash(data) for data in LEAVES]
    assert [merkle.root(hashes[:size]).hex() for size in range(1, 9)] == ROOTS


def leaves(count: int) -> list[bytes]:
    return [issuing.leaf(b"%d" % number) for number in range(count)]


def test_every_inclusion_of_small_trees() -> None:
    hashes = leaves(40)
    for size in range(1, 41):
        root = issuing.mth(hashes[:size])
        assert merkle.root(hashes[:size]) == root
        for index in range(size):
            path = issuing.path(index, hashes[:size])
            assert merkle.root_from_path(hashes[index], index, size, path) == root


def test_every_consistency_of_small_trees() -> None:
    hashes = leaves(40)
    roots = [issuing.mth(hashes[:size]) for size in range(41)]
    for new in range(41):
        for old in range(new + 1):
            path = issuing.consistency(old, hashes[:new])
            assert merkle.is_consistent(old, new, roots[old], roots[new], path), (old, new)


def mutated(data: st.DataObject, path: list[bytes]) -> list[bytes]:
    """The path with one step changed, added, removed or moved."""
    ways = ["add"] + (["change", "remove"] if path else [])
    way, spot = data.draw(st.sampled_from(ways)), data.draw(st.integers(0, max(0, len(path) - 1)))
    if way == "add":
        return [*path[:spot], data.draw(st.binary(min_size=32, max_size=32)), *path[spot:]]
    if way == "remove":
        return path[:spot] + path[spot + 1 :]
    bit = data.draw(st.integers(0, 255))
    flipped = (int.from_bytes(path[spot], "big") ^ (1 << bit)).to_bytes(32, "big")
    return [*path[:spot], flipped, *path[spot + 1 :]]


@given(st.data(), st.integers(1, 300))
def test_a_mutated_inclusion_does_not_verify(data: st.DataObject, size: int) -> None:
    hashes = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    path, root = issuing.path(index, hashes), issuing.mth(hashes)
    assert merkle.root_from_path(hashes[index], index, size, path) == root
    assert merkle.root_from_path(hashes[index], index, size, mutated(data, path)) != root
    other = data.draw(st.integers(-2, size + 2).filter(lambda place: place != index))
    assert merkle.root_from_path(hashes[index], other, size, path) != root or size == 1


@given(st.data(), st.integers(2, 300))
def test_a_mutated_consistency_does_not_verify(data: st.DataObject, new: int) -> None:
    hashes = leaves(new)
    old = data.draw(st.integers(1, new - 1))
    path, first, last = issuing.consistency(old, hashes), issuing.mth(hashes[:old]), issuing.mth(hashes)
    assert merkle.is_consistent(old, new, first, last, path)
    assert not merkle.is_consistent(old, new, first, last, mutated(data, path))
    assert not merkle.is_consistent(old, new, issuing.sha(first), last, path)
    assert not merkle.is_consistent(old, new, first, issuing.sha(last), path)
    assert not merkle.is_consistent(new, old, last, first, path)
