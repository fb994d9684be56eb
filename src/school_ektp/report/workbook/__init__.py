"""The plan as an Excel workbook, for offices that live in spreadsheets."""
