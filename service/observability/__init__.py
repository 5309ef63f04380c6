"""What operators see: metrics and logs; never an article's text, a key or an address."""
