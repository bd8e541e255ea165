"""What a proof file carries beside the proof: the sealed texts, and what opens their commitments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pamong.kernel.canonical import canonical_json
from pamong.ledger.events import FORMAT, SALT_BYTES, commitment, field_bytes
from pamong.ledger.tree.errors import ContentError
from pamong.ledger.tree.fields import from_hex, object_from
from pamong.ledger.tree.merkle import HASH_BYTES, leaf_hash, root_from_path

CONTENT_FORMAT = 1
ENTRY_KEYS = {"actor", "format", "kind", "personal", "public"}
ITEM_KEYS = {"body", "index", "path", "root", "size"}
OPENING_KEYS = {"field", "salt", "value"}
COUNT = "people"  # the field of an entry that tells how many items its subtree has


@dataclass(frozen=True, slots=True)
class Item:
    """One leaf of a subtree whose root stands in the field ``root`` of the entry's public part.

    ``body``: its exact text, of the shape of an entry; ``index`` from 0; ``path``: hashes from leaf to root.
    """

    body: str
    index: int
    size: int
    path: tuple[bytes, ...]
    root: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A personal field with the 32 bytes of salt and the JSON value that open its commitment."""

    field: str
    salt: bytes
    value: Any


@dataclass(frozen=True, slots=True)
class Content:
    """The exact text of an entry, the item of its subtree if one is meant, and opened fields.

    The openings belong to the item where there is one. Nothing of it is trusted before ``check``, and what it
    says only once the proof around it holds.
    """

    entry: str
    item: Item | None = None
    openings: tuple[Opening, ...] = ()

    @property
    def leaf_hash(self) -> bytes:
        """The hash of the entry as a leaf of the log."""
        return leaf_hash(self.entry.encode())

    @property
    def sealed(self) -> Mapping[str, Any]:
        """What is shown: the fields of the item, else of the entry. ContentError where it is no entry."""
        return _entry(self.entry if self.item is None else self.item.body)

    def to_bytes(self) -> bytes:
        """The canonical JSON that is the ``extra`` of a proof file."""
        item = self.item and {
            "body": self.item.body,
            "index": self.item.index,
            "size": self.item.size,
            "path": [part.hex() for part in self.item.path],
            "root": self.item.root,
        }
        openings = [
            {"field": each.field, "salt": each.salt.hex(), "value": each.value} for each in self.openings
        ]
        return canonical_json(
            {"format": CONTENT_FORMAT, "entry": self.entry, "item": item, "openings": openings}
        )

    @classmethod
    def parse(cls, data: bytes) -> Content:
        """Read the ``extra`` of a proof file. ContentError where it has another shape."""
        try:
            found = object_from(data.decode("utf-8"))
        except UnicodeDecodeError:
            found = None
        if found is None or set(found) != {"entry", "format", "item", "openings"}:
            raise _damaged("bukan JSON kanonik dengan entry, format, item, dan openings")
        if found["format"] is True or found["format"] != CONTENT_FORMAT:
            raise ContentError(
                "format", "Isi bukti ini memakai bentuk yang lebih baru. Perbarui pemeriksanya."
            )
        if not isinstance(found["entry"], str) or not isinstance(found["openings"], list):
            raise _damaged("entry harus teks dan openings harus daftar")
        item = None if found["item"] is None else _item(found["item"])
        return cls(found["entry"], item, tuple(_opening(each) for each in found["openings"]))

    def check(self) -> None:
        """Hold the item against the entry, and each opened field against its commitment.

        ContentError, with its reason, for the first that does not; ProofError for a path of wrong length.
        """
        entry = _entry(self.entry)
        if self.item is not None:
            _check_item(self.item, entry["public"])
        personal = self.sealed["personal"]
        seen: set[str] = set()
        for opening in self.openings:
            if opening.field in seen:
                raise ContentError("twice", f"Kolom '{opening.field}' dibuka dua kali pada bukti ini.")
            seen.add(opening.field)
            _check_opening(opening, personal)


def _check_item(item: Item, public: Mapping[str, Any]) -> None:
    root = root_from_path(leaf_hash(item.body.encode()), item.index, item.size, item.path)
    if public.get(item.root) != root.hex():
        raise ContentError("item", "Rincian pada bukti ini bukan bagian dari catatan yang disegel.")
    if COUNT in public and public[COUNT] != item.size:
        raise ContentError("item_size", "Jumlah rincian pada bukti ini berbeda dari jumlah pada catatannya.")


def _check_opening(opening: Opening, personal: Mapping[str, Any]) -> None:
    if opening.field not in personal:
        raise ContentError("field", f"Kolom '{opening.field}' tidak ada pada catatan yang disegel.")
    if commitment(opening.salt, field_bytes(opening.field, opening.value)) != personal[opening.field]:
        raise ContentError(
            "opening", f"Isi kolom '{opening.field}' tidak cocok dengan yang disegel. Isinya telah diubah."
        )


def _entry(text: str) -> dict[str, Any]:
    entry = object_from(text)
    if entry is None or set(entry) != ENTRY_KEYS or entry["format"] is True or entry["format"] != FORMAT:
        raise ContentError("entry", "Teks catatan pada bukti ini bukan catatan buku segel yang utuh.")
    if not isinstance(entry["personal"], dict) or not isinstance(entry["public"], dict):
        raise ContentError("entry", "Teks catatan pada bukti ini bukan catatan buku segel yang utuh.")
    return entry


def _item(found: object) -> Item:
    if not isinstance(found, dict) or set(found) != ITEM_KEYS or not isinstance(found["path"], list):
        raise _damaged("item harus memuat body, index, path, root, dan size")
    if not isinstance(found["body"], str) or not isinstance(found["root"], str):
        raise _damaged("body dan root pada item harus teks")
    if not (_is_count(found["index"]) and _is_count(found["size"])):
        raise _damaged("index dan size pada item harus bilangan")
    path = [from_hex(part, HASH_BYTES) for part in found["path"]]
    whole = tuple(part for part in path if part is not None)
    if len(whole) != len(path):
        raise _damaged("path pada item harus berisi hash")
    return Item(found["body"], found["index"], found["size"], whole, found["root"])


def _opening(found: object) -> Opening:
    if not isinstance(found, dict) or set(found) != OPENING_KEYS or not isinstance(found["field"], str):
        raise _damaged("setiap openings harus memuat field, salt, dan value")
    return opening_of(found["field"], found["salt"], found["value"])


def opening_of(field: str, salt: object, value: object) -> Opening:
    """An opening from JSON. ContentError where the salt is not 32 bytes in hex."""
    whole = from_hex(salt, SALT_BYTES)
    if whole is None:
        raise _damaged(f"salt kolom '{field}' harus {SALT_BYTES} bita")
    return Opening(field, whole, value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _damaged(what: str) -> ContentError:
    return ContentError("damaged", f"Isi berkas bukti rusak: {what}. Minta berkas bukti yang baru.")
