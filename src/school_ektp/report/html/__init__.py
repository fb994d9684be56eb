"""The report as one HTML file, and what a notebook shows."""
