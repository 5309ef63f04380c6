"""Who may: API keys, hashed at rest, each with a scope."""
