"""An objective in; a checked, cited practice item or a rejection with its reasons out."""
