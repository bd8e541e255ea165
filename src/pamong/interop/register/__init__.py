"""Readers of what fills the register: the SIASN export, the peta jabatan, sheets, a paid list."""
