"""What every stage needs to know about Arabic and English text, and nothing about news."""
