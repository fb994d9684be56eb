"""Why pupils are left at a site: reasons found by trying."""
