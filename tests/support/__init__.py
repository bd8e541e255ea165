"""What fixtures stand on."""
