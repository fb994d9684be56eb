"""Rows: polars frames from files to demand."""
