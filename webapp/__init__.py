"""Turnstone on the web. `create_app` wires the parts together and does nothing else.

Imports stand inside it: the worker and the command line import this package too, and serve no pages.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from webapp.settings import Settings

MIB = 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """The site, ready to serve. It neither migrates the database nor starts a worker."""
    from flask import Flask

    from webapp.front_end import serve_front_end
    from webapp.head_requests import answer_heads
    from webapp.jobs import waker
    from webapp.resources import Resources
    from webapp.security import secure
    from webapp.settings import Settings
    from webapp.views import register_views

    settings = settings or Settings()
    app = Flask(__name__)
    app.config.from_mapping(_configuration(settings))
    app.extensions["resources"] = Resources(settings)
    app.extensions["wake"] = waker(settings)
    _trust_proxies(app, settings.trusted_proxies)
    # Before the extensions: whatever comes from another site is refused first.
    secure(app, is_production=settings.is_production, images_from=settings.map_tiles)
    _bind_extensions(app)
    answer_heads(app)
    serve_front_end(app)
    register_views(app, site_name=settings.site_name)
    return app


def _configuration(settings: Settings) -> dict[str, Any]:
    from webapp.database import engine_options

    hosts = [host.strip() for host in settings.trusted_hosts.split(",") if host.strip()]
    return {
        "SECRET_KEY": settings.read_secret_key(),
        "SQLALCHEMY_ENGINES": {"default": {"url": settings.database, **engine_options()}},
        "TRUSTED_HOSTS": hosts or None,
        "TEMPLATES_AUTO_RELOAD": False,
        # One MiB for the fields beside the files.
        "MAX_CONTENT_LENGTH": (settings.upload_mib + 1) * MIB,
        # Room for twice the longest text in UTF-8, so that one too long is answered by the form with the text in it.
        "MAX_FORM_MEMORY_SIZE": 8 * settings.text_characters,
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),
        "PERMANENT_SESSION_LIFETIME": timedelta(days=settings.session_days),
        # The prefix makes browsers refuse the cookie from anywhere but this host over HTTPS.
        "SESSION_COOKIE_NAME": "__Host-turnstone" if settings.is_production else "turnstone",
        "SESSION_COOKIE_SECURE": settings.is_production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Whoever writes a story for two hours can still send it; the token ends with the session.
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _bind_extensions(app: Flask) -> None:
    from webapp.context import load_signed_in
    from webapp.extensions import csrf, db, limiter, login_manager

    for extension in (db, csrf, login_manager, limiter):
        extension.init_app(app)
    login_manager.user_loader(load_signed_in)


def _trust_proxies(app: Flask, n_proxies: int) -> None:
    from werkzeug.middleware.proxy_fix import ProxyFix

    if n_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=n_proxies, x_proto=n_proxies, x_host=n_proxies
        )
