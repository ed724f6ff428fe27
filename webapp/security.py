"""What every answer and every change must carry: response headers, a nonce for scripts, proof of coming from here.

Sources: OWASP Secure Headers Project; "Protect your resources from web attacks with Fetch Metadata"
(web.dev/articles/fetch-metadata).
"""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request, session

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: browsers then send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONE_YEAR_S = 365 * 24 * 3600


def secure(app: Flask, *, is_production: bool, images_from: str = "") -> None:
    """Guard every request and dress every answer. images_from: the address of a server of map tiles."""

    def add_headers(response: Response) -> Response:
        response.headers.extend(HEADERS)
        response.headers["Content-Security-Policy"] = content_security_policy(
            csp_nonce(), images_from=_origin(images_from)
        )
        if is_production:
            response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR_S}; includeSubDomains"
        return response

    app.before_request(refuse_other_sites)
    app.after_request(add_headers)
    app.after_request(keep_out_of_caches)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def csp_nonce() -> str:
    """This answer's nonce: a script runs only if it carries it."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def content_security_policy(nonce: str, *, images_from: str = "") -> str:
    """Nothing from elsewhere, nothing inline, no frame around us. images_from: the origin of map tiles."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            "style-src 'self'",
            f"img-src 'self' data: {images_from}".rstrip(),
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def _origin(address: str) -> str:
    parts = urlsplit(address)
    # A server named {s}.example.org stands for any of its hosts.
    host = parts.netloc.replace("{s}", "*")
    return f"{parts.scheme}://{host}" if parts.scheme in ("http", "https") and host else ""


def refuse_other_sites() -> None:
    """Refuse a change that a page of another site asked for.

    It stands beside the token in each form. Browsers send at least one of the two headers with every POST;
    whatever sends neither is no browser, and carries nobody's cookies.
    """
    if request.method in SAFE_METHODS:
        return
    fetch_site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    is_foreign = fetch_site is not None and fetch_site not in ("same-origin", "none")
    if is_foreign or (origin is not None and urlsplit(origin).netloc != request.host):
        abort(403, "This request came from another site. Open the page here and send the form again.")


def keep_out_of_caches(response: Response) -> Response:
    """Pages are asked for anew each time, and those of signed-in people are kept nowhere."""
    if request.endpoint == "static":
        return response
    response.vary.update(["HX-Request", "Cookie"])
    is_personal = "_user_id" in session or "own_drafts" in session
    response.headers.setdefault("Cache-Control", "no-store" if is_personal else "no-cache")
    return response
