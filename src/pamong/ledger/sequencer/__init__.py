"""The sequencer: gives entries their place, signs and publishes. psycopg and ``tree``, no Django."""
