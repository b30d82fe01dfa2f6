"""The conversation, elsewhere: as pages in a browser, and as an API for programs.

Each request holds all there is to know, and nothing of it is kept, logged or sent on.
"""
