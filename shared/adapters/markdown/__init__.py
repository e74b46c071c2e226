"""Articles in files of Markdown."""
