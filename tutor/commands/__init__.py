"""Groups of commands, one file each; `tutor.cli` adds them."""
