"""What runs a model: one small protocol, three engines behind it, and the profiles they serve."""
