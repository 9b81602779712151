"""The tutor in the browser: `python app.py`, `tutor app` or `make app`."""

import sys

from tutor.errors import TutorError
from tutor.ui.serve import serve

if __name__ == "__main__":
    try:
        serve()
    except TutorError as error:
        sys.exit(f"tutor: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
