"""One module a subject, each with `add_arguments(parser)` and `run(args)`, for `python -m nlp.evaluate`."""
