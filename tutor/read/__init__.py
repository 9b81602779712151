"""Files and pages in, documents, blueprints and passages out."""
