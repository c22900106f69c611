"""`groundup new`: begins a part of the book, from templates that are whole and pass."""
