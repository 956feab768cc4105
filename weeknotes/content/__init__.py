"""What an update says: typed, frozen objects and their writers; no database, no request."""
