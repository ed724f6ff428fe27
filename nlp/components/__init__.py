"""spaCy components that read a story; `nlp.components.registry` names them."""
