"""The plan a user holds, as data: what was given, what was found, and what follows from both."""
