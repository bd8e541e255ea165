"""``python -m pamong_witness``."""

import sys

from pamong_witness.cli import main

sys.exit(main())
