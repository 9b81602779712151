"""Exam guides: any guide's text in, a blueprint out; the editions that we have, and what changed between two."""
