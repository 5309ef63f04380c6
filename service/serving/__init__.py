"""What keeps the service upright under load: one flight a question, a door that counts."""
