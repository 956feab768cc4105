"""The record of who did what, as admins and editors read it."""
