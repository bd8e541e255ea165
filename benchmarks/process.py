"""What is measured in a process of its own: a module that prints its figures as its last line, in JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any


def figures_of(module: str, environ: Mapping[str, str], *arguments: object) -> Any:
    """Run ``python -m module arguments`` and give what it found; what it says of errors is seen."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, env=environ, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])
