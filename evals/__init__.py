"""Measuring the tutor: commands that yield the figures which the documentation states."""
