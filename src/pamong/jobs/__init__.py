"""Background work, by Procrastinate in the same PostgreSQL: enqueued in the business transaction."""
