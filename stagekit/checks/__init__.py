"""What can be told about a portfolio: what is missing, who allowed what, and who is who behind an alias.

Pure functions over a course and a portfolio; no input or output.
"""
