"""The invented government that demonstrations, documents, tests and measurements use: Kota Contoh."""
