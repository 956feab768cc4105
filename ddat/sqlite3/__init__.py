"""SQLite as Django uses it, in a file that its owner alone may read."""
