"""Tests of the programs outside of the server: pamong-verify and pamong-witness."""
