"""What is asked of a post and known of a person, as plain values. None means not known, never no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PostAsked:
    """The post to be filled: ``kind`` as in the peta jabatan (*jpt_pratama*), its old echelon (*II.b*).

    ``secretary``: whether it is that of a Sekretaris Daerah of a kabupaten or kota.
    """

    kind: str
    eselon: str = ""
    secretary: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A post held for good from a day up to another (None: still).

    ``level``: *pengawas*, *administrator*, *jf_ahli_madya* ... ``in_field``: whether it is in the field of
    the post asked for, as somebody judged. ``same_class``: for a functional post, whether its class is that
    of the level asked for.
    """

    level: str
    since: date
    before: date | None = None
    in_field: bool | None = None
    same_class: bool | None = None

    @property
    def functional(self) -> bool:
        """Whether it is a functional post."""
        return self.level.startswith("jf")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person on a day.

    ``employment``: *PNS* ...; ``standing``: kedudukan hukum as recorded; ``ended``: why the service ended, in
    words, '' if it goes on. ``education``: the highest that is verified, as *s1*. ``posts_whole``: whether
    ``posts`` is the whole career. ``predicates``: year to predicate (*baik*). ``sanction``: the sanction that
    runs, '' for none, as *pembebasan_jabatan*. ``kin``: sentences on kinship with who decides, () for none.
    ``own_age_key``: under which name the law lists the age limit of his present post. ``applied_on``: when he
    applied, should a site count ages on that day.
    """

    born: date | None = None
    employment: str | None = None
    standing: str | None = None
    ended: str | None = None
    golongan: str | None = None
    education: str | None = None
    posts: tuple[Held, ...] = ()
    posts_whole: bool = False
    predicates: Mapping[int, str] = field(default_factory=dict)
    sanction: str | None = None
    lhkpn: bool | None = None
    kin: tuple[str, ...] | None = None
    own_age_key: str | None = None
    applied_on: date | None = None

    def present(self, on: date) -> Held | None:
        """The post held for good on a day."""
        running = [
            post for post in self.posts if post.since <= on and (post.before is None or on < post.before)
        ]
        return max(running, key=lambda post: post.since, default=None)
