"""Who drafts: the offline engine, or a language model. A draft is shown to nobody before it has been checked."""
