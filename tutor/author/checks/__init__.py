"""The checks that every item passes, whoever wrote it: what fails is not shown, and its reasons are kept."""
