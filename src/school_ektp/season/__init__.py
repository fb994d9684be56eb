"""Time: what would help, what if, how sure, and what changes when a season goes on."""
