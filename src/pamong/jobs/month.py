"""A month's run for the worker. The work stands in `interop.month`, which demo and commands use too."""

from __future__ import annotations

from pamong.interop.month import keep_file, read_files, run_month

__all__ = ["keep_file", "read_files", "run_month"]
