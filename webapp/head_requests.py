"""What is answered when only the head of an answer is asked for."""

from flask import Flask, Response, request


def answer_heads(app: Flask) -> None:
    """Let an answer that is written while it is sent tell its length, where only its head is asked for."""
    app.after_request(tell_length)


def tell_length(response: Response) -> Response:
    """Count what would have been sent, and send nothing.

    Without a length, waitress announces chunks and sends the end of them after a head that nothing may follow.
    """
    if request.method == "HEAD" and response.is_streamed and response.content_length is None:
        response.content_length = sum(map(len, response.iter_encoded()))
    return response
