"""The ledger as a workbook (台账表格): written, filled into a template, read back."""
