"""What an answer is worth, measure by measure: each returns None where it does not apply."""
