"""What people do with a scan (人工决定): ledgers and reviews taken in, and the views of scan and journal together."""
