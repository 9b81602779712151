"""A question and passages in; a checked, cited answer or a refusal out."""
