"""Call sheets and letters, as pages and as a workbook."""
