"""Recognition (文字识别) of pages that are pictures."""
