"""Without an attack there is no finding."""

from __future__ import annotations

from tests.ledger.audit.conftest import Site


def test_a_sealed_site_is_clean(site: Site) -> None:
    report = site.look()
    assert [finding.sentence for finding in report.findings] == []
    assert report.unseen == []
    assert report.ok
    assert report.counts["rows"] > 0
    assert report.counts["tables"] > 60
