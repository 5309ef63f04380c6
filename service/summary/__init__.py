"""Summaries: their bands, who writes them, and the source sentences that they rest on."""
