"""Containers (压缩包、邮件): their members, read without ever being written to disk by name."""
