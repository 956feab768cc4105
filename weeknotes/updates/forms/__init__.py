"""The form that an update is written in."""
