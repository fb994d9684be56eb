"""Files to rows: layouts as data, cells as pure functions of their text."""
