"""Search: plans on integers; no table, no file, no person."""
