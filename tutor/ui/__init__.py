"""The edges that people see: terminal and browser."""
