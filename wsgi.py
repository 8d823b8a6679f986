"""The composition root: builds the application. Imports everything; nothing imports it."""

from importlib import import_module

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from cycles.core import logs, mail, pages, security
from cycles.core import settings as core_settings
from cycles.core.extensions import csrf, db, htmx, migrate, sign_in
from cycles.core.jobs import worker
from cycles.core.settings import ROOT, Settings
from cycles.core.shell import shell

# Each module with the name of the blueprint it holds.
VIEWS = (
    ("cycles.home.views", "home"),
    ("cycles.accounts.views", "accounts"),
    ("cycles.setup.views", "cycle"),
    ("cycles.people.views", "people"),
    ("cycles.classification.views", "classification"),
    ("cycles.library.views", "library"),
    ("cycles.standards.views", "standards"),
    ("cycles.statements.views", "statements"),
    ("cycles.current_state.views", "current_state"),
    ("cycles.profiles.views", "profiles"),
    ("cycles.ksbs.views", "ksbs"),
    ("cycles.core.jobs.views", "jobs"),
    ("workshop.rooms.views", "workshops"),
    ("workshop.capture.views", "capture"),
    ("workshop.ballot.views", "ballot"),
    ("workshop.joining.views", "joining"),
    ("workshop.board.views", "board"),
    ("workshop.letters.views", "letters"),
    ("workshop.ratification.views", "ratification"),
    ("workshop.exports.views", "exports"),
    ("workshop.receipts.views", "receipts"),
    ("workshop.attrition.views", "attrition"),
    ("workshop.sealing.views", "sealing"),
    ("reports.mapping.views", "mapping"),
    ("reports.reviewing.views", "reviewing"),
    ("reports.actions.views", "actions"),
    ("reports.actions.views.stopping", "action_reminders"),
    ("reports.narrative.views", "narrative"),
    ("reports.cards.views", "cards"),
    ("reports.document.views", "report"),
    ("reports.explorer.views", "explorer"),
    ("reports.explorer.views.open_door", "published"),
    ("reports.api.views", "api"),
    ("reports.publishing.views", "publishing"),
)
COMMANDS = (
    "cycles.core.cli",
    "cycles.accounts.cli",
    "cycles.classification.cli",
    "cycles.standards.cli",
    "cycles.library.cli",
    "cycles.semantics.cli",
    "workshop.exports.cli",
    "workshop.benchmarks",
    "reports.benchmarks",
    "reports.demonstration",
)
# Every table, whether or not a view imports it.
MODELS = (
    "cycles.core.jobs.models",
    "cycles.accounts.models",
    "cycles.setup.models",
    "cycles.people.models",
    "cycles.classification.models",
    "cycles.statements.models",
    "cycles.library.models",
    "cycles.library.searching.tables",
    "cycles.standards.models",
    "cycles.current_state.models",
    "cycles.profiles.models",
    "cycles.profiles.freezing",
    "cycles.ksbs.models",
    "cycles.semantics.models",
    "workshop.rooms.models",
    "workshop.ballot.models",
    "workshop.joining.models",
    "workshop.letters.models",
    "workshop.ratification.models",
    "reports.mapping.models",
    "reports.actions.models",
    "reports.narrative.models",
    "reports.document.models",
    "reports.document.files.models",
    "reports.results.models",
    "reports.publishing.models",
)


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from ``settings``, or from the environment."""
    given = settings or core_settings.read()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder="static")
    app.config.from_mapping(given.flask())
    app.extensions["pythia_settings"] = given
    app.extensions[mail.EXTENSION] = mail.mailer_for(given)
    if given.is_production:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    _bind_extensions(app)
    for binder in (security.bind, worker.bind):
        binder(app, given)
    pages.bind(app)
    if given.is_production:
        logs.bind(app)
    _bind_templates(app)
    _bind_packages(app)
    return app


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    sign_in.init_app(app)
    csrf.init_app(app)
    htmx.init_app(app)


def _bind_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_loader = ChoiceLoader(
        [
            app.jinja_loader or PackageLoader("wsgi"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.context_processor(lambda: {"shell": shell()})


def _bind_packages(app: Flask) -> None:
    for name in MODELS:
        import_module(name)
    for name, blueprint in VIEWS:
        app.register_blueprint(getattr(import_module(name), blueprint))
    for name in COMMANDS:
        app.cli.add_command(import_module(name).commands)
