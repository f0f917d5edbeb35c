"""The book on paper: the built pages joined into one document, printed by Chromium."""
