"""Addresses of the ledger's pages, and of the files that everybody may copy."""

from __future__ import annotations

from django.urls import path

from pamong.web.ledger import audit, entries, published, receipts, status

app_name = "ledger"
urlpatterns = [
    path("segel/", status.status, name="status"),
    path("segel/catatan/", entries.index, name="entries"),
    path("segel/catatan/saya/", entries.mine, name="mine"),
    path("segel/catatan/<slug:name>/<int:number>/", entries.entry, name="entry"),
    path("segel/catatan/<slug:name>/<int:number>/bukti/", entries.proof, name="proof"),
    path("segel/audit/", audit.audit, name="audit"),
    path("segel/audit/unduh/", audit.download, name="audit_file"),
    path("segel/tanda-terima/", receipts.check, name="receipt"),
    path("segel/tanda-terima/unduh/", receipts.handed, name="receipt_file"),
    path("log/kunci-tanda-terima", receipts.key, name="receipt_key"),
    path("log/policy", published.policy, name="policy"),
    path("log/<slug:name>/checkpoint", published.checkpoint, name="checkpoint"),
    path("log/<slug:name>/tile/<path:path>", published.tile, name="tile"),
]
