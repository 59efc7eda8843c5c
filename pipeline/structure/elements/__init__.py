"""The elements of an official document (公文要素, GB/T 9704-2012)."""
