"""A question with options in; the options weighed against its circumstances, with reasons and quotes out."""
