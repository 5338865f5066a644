"""The eval suite: golden sets of questions, and what the assistant's answers to them are worth."""
