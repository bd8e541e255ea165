"""Posts filled by merit: ranks from sealed scores, kinship with who decides, talent boxes."""
