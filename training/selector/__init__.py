"""The sentence selector: a pointer decoder over sentence vectors that picks a summary."""
