"""The commands of `turnstone`, a module for each subject, loaded when one of its commands is asked for."""
