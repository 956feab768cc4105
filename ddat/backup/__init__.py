"""Backing up and restoring all data, the same way on SQLite and PostgreSQL.

A backup is one gzipped file of JSON lines, read in one snapshot of the database:

    {"backup": "ddat-weeknotes", "format": 1, "made_at": …, "engine": …, "migrations": […]}
    {"table": "people_team", "columns": ["id", "name", …], "last_id": 9}
    [1, "Directorate", …]                                    one line a row, in order of id
    {"rows": 9, "hash": "…"}                                 then the next table, by the alphabet
    {"tables": 36, "rows": 12345, "hash": "…"}               the last line

The hash of a table is the SHA-256 of its columns' line and its rows' lines as they stand here, each
ended by a line feed, in UTF-8. The hash of a backup is that of the lines "table rows hash". As
values are written in one way whatever the engine (see tables.py), the same data has the same hash
on both. The last ids are in no hash: PostgreSQL has them outside every snapshot.
"""


class BackupRefused(Exception):
    """It cannot be backed up or restored; the message says why and what to do."""
