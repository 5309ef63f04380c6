"""The corridor: intake, translate, summarize, check; walked once, left to right."""
