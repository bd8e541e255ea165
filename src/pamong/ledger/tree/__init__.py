"""The Merkle tree of a log and everything signed about it: no Django, no database, no clock.

RFC 6962 hashing and proofs, and the C2SP formats: tiles, signed notes, checkpoints, cosignatures, policies,
proof files; beside them the receipt and the compact proof of a QR code, which are our own.
"""
