"""`python -m webapp` is `turnstone`."""

from webapp.cli import main

main()
