"""A log directory of C2SP tlog-tiles: recompute every tile and root from the entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from itertools import accumulate
from pathlib import Path

from pamong_verify.checkpoints import Checkpoint, read_checkpoint
from pamong_verify.faults import Fault, Refused
from pamong_verify.files import read
from pamong_verify.merkle import fold, leaf_hash, perfect, root
from pamong_verify.policy import Judged, Policy, judge

WIDTH = 256
LARGEST_BUNDLE = WIDTH * (2 + 0xFFFF)


def tile_name(index: int) -> str:
    """The path of a tile's index: ``x001/x234/067``."""
    parts = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        parts.append(f"x{index % 1000:03d}")
    return "/".join(reversed(parts))


class LogDirectory:
    """The files of one log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def checkpoint(self, policy: Policy) -> Judged:
        """The checkpoint of the directory with its signatures checked."""
        return judge(
            read_checkpoint(read(self.folder / "checkpoint"), "titik segel folder log"), policy, "folder log"
        )

    def recompute(
        self,
        size: int,
        wanted: AbstractSet[int] = frozenset(),
        see: Callable[[int, bytes], None] | None = None,
    ) -> dict[int, bytes]:
        """Check all tiles of a tree of ``size`` against the entries; the roots at the sizes ``wanted``.

        ``see`` hears number and hash of each leaf. The root at ``size`` is always given.
        """
        levels: list[list[bytes]] = [[]]
        roots = {0: root([])}
        for count, entry in enumerate(self._entries(size), 1):
            hashed = leaf_hash(entry)
            if see:
                see(count - 1, hashed)
            self._append(levels, hashed, count - 1)
            if count in wanted or count == size:
                roots[count] = fold([each for level in reversed(levels) for each in perfect(level)])
        for level, hashes in enumerate(levels):
            if hashes:
                self._check_tile(level, size >> (8 * (level + 1)), hashes)
        return roots

    def _append(self, levels: list[list[bytes]], hashed: bytes, number: int) -> None:
        level = 0
        levels[0].append(hashed)
        while len(levels[level]) == WIDTH:
            index = number >> (8 * (level + 1))
            self._check_tile(level, index, levels[level])
            if level + 1 == len(levels):
                levels.append([])
            levels[level + 1].append(root(levels[level]))
            levels[level].clear()
            level += 1

    def _check_tile(self, level: int, index: int, hashes: list[bytes]) -> None:
        """Compare what is kept of a tile (full, partial, older partial) with its hashes."""
        place = f"tile/{level}/{tile_name(index)}"
        expected = b"".join(hashes)
        for path, width in self._kept(place, len(hashes)):
            data = read(path)
            if len(data) != width * 32:
                raise Refused(Fault.TRUNCATED_TILE, self._named(path))
            if data[: len(expected)] != expected[: len(data)]:
                raise Refused(Fault.TILE_MISMATCH, self._named(path))

    def _entries(self, size: int) -> Iterator[bytes]:
        for index in range((size + WIDTH - 1) // WIDTH):
            count = min(WIDTH, size - index * WIDTH)
            (first, width), *others = self._kept(f"tile/entries/{tile_name(index)}", count)
            entries = self._bundle(first, width)[:count]
            ends = [0, *accumulate(2 + len(entry) for entry in entries)]
            whole = b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
            for path, part in others:
                self._compare_bundle(path, part, whole[: ends[min(part, count)]])
            yield from entries

    def _compare_bundle(self, path: Path, width: int, expected: bytes) -> None:
        """Compare bytes: to parse each older partial bundle would take hours where none is deleted."""
        data = read(path, LARGEST_BUNDLE)
        if width == WIDTH:
            self._bundle(path, width)
            data = data[: len(expected)]
        if len(data) != len(expected) and expected.startswith(data):
            raise Refused(Fault.TRUNCATED_TILE, self._named(path))
        if data != expected:
            raise Refused(Fault.TILE_MISMATCH, self._named(path))

    def _kept(self, place: str, width: int) -> list[tuple[Path, int]]:
        """Files and widths that are kept of a tile, the one that must be there first."""
        full, part = self.folder / place, self.folder / f"{place}.p"
        widths = {int(path.name) for path in part.glob("[0-9]*") if path.name in _WIDTHS}
        kept = [(part / str(each), each) for each in sorted(widths) if each <= width]
        needed = [(full, WIDTH)] if full.is_file() else []
        if width < WIDTH and width in widths:
            needed.insert(0, kept.pop())
        if not needed:
            suffix = "" if width == WIDTH else f".p/{width}"
            raise Refused(Fault.MISSING_TILE, f"{place}{suffix}")
        return needed + kept

    def _bundle(self, path: Path, width: int) -> list[bytes]:
        data = read(path, LARGEST_BUNDLE)
        entries: list[bytes] = []
        start = 0
        while start < len(data) and len(entries) <= width:
            end = start + 2 + int.from_bytes(data[start : start + 2], "big")
            if start + 2 > len(data) or end > len(data):
                raise Refused(Fault.TRUNCATED_TILE, self._named(path))
            entries.append(data[start + 2 : end])
            start = end
        if len(entries) != width:
            raise Refused(Fault.TRUNCATED_TILE, self._named(path))
        return entries

    def _named(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


_WIDTHS = {str(width) for width in range(1, WIDTH)}


def verify_log(
    log: LogDirectory,
    policy: Policy,
    wanted: AbstractSet[int] = frozenset(),
    see: Callable[[int, bytes], None] | None = None,
) -> tuple[Judged, dict[int, bytes]]:
    """Verify the whole directory; its checkpoint, and the roots at the sizes ``wanted``."""
    judged = log.checkpoint(policy)
    size = judged.checkpoint.size
    roots = log.recompute(size, wanted, see)
    if roots[size] != judged.checkpoint.root:
        raise Refused(Fault.ROOT_MISMATCH, f"log {judged.checkpoint.origin} pada ukuran {size}")
    return judged, roots


def require_same_log(old: Checkpoint, new: Checkpoint) -> None:
    """Refuse two checkpoints of different logs, and a newer one that is smaller or differs at one size."""
    if old.origin != new.origin:
        raise Refused(
            Fault.OTHER_DOCUMENT, f"titik segel {old.origin} dan {new.origin} dari log yang berbeda"
        )
    if new.size < old.size:
        raise Refused(Fault.SMALLER_TREE, f"log {new.origin}, dari {old.size} menjadi {new.size} catatan")
    if new.size == old.size and new.root != old.root:
        raise Refused(Fault.FORKED, f"log {new.origin}, dua akar pada ukuran {new.size}")


def require_continuation(old: Checkpoint, roots: dict[int, bytes]) -> None:
    """Refuse a log whose beginning is not the tree of an older checkpoint."""
    if roots[old.size] != old.root:
        raise Refused(Fault.FORKED, f"log {old.origin}, akar pada ukuran {old.size} berbeda")
