"""What a turn of a conversation means: asides, other languages, follow-ups; by rules, without a language model."""
