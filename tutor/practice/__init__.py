"""Practice: answers graded, and what they say of items and learners."""
