"""MarianMT translation models, warm-started from multilingual-e5-small."""
