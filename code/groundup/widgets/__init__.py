"""The explorables: animations that a reader operates, in Jupyter and in the page.

Each is a folder and is imported from there: `groundup.widgets.<name>`. Nothing lists
them; the tests that hold for all find them as the folders with a script of their name.
What they share is in `kit`.
"""
