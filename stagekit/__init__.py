"""StageKit: guided internship assignments on working with parents, from answers to a portfolio."""

__version__ = "0.1.0"
