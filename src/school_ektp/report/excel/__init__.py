"""The workbook: written for offices, read back from them."""
