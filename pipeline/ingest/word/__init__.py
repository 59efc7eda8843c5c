"""Word processors' formats (文字处理文件): DOCX, DOC, WPS, RTF, ODT; others by LibreOffice."""
