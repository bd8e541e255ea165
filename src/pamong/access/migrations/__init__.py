"""Migrations of access: users, roles, the read log, and the grants on tables of libraries."""
