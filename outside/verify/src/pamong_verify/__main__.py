"""``python -m pamong_verify``."""

import sys

from pamong_verify.cli import main

sys.exit(main())
