"""Web pages (网页) that somebody saved."""
