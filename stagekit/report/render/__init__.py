"""From the Report to bytes, one module a format."""
