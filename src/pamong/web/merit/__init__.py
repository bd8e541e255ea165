"""Pages of filling posts by merit, below ``/lowongan/``."""
