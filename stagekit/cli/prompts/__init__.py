"""Asking a person: a page in the terminal, or plain lines that a screen reader can follow."""
