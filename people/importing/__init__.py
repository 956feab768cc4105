"""Bringing tables in: a file is read, shown as what it would do, and confirmed."""
