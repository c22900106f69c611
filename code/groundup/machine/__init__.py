"""The book's machines run on the reader's answers: a conversation, part by part.

What runs here runs in the reader's own process, and gives no marks.
"""
