"""The search behind `school_ektp.planning.solve`: flat integer state, moves, acceptance."""
