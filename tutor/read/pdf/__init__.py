"""A PDF's pages in, its text as Markdown out: words → lines → columns → blocks."""
