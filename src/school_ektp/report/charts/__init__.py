"""Charts as SVG, drawn here: for the page, for notebooks and as files."""
