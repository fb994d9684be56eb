"""Why pupils are left out: reasons found by trying."""
