"""The administrator's accounts: find, create, give and take rights."""

import uuid
from dataclasses import dataclass

from flask import abort, flash, request, url_for
from werkzeug.wrappers import Response

from cycles.accounts import commands
from cycles.accounts.forms import AccountForm
from cycles.accounts.models import Account
from cycles.accounts.queries import MOST_LISTED, account_by_id, accounts_like
from cycles.accounts.views import accounts
from cycles.core import clock
from cycles.core.access import Door, current_actor, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.forms import Form
from cycles.core.pages import page, see_other
from cycles.core.shell import offer

offer(50, "Accounts", "accounts.list_accounts", Door.ADMINISTRATOR, in_cycle=False)


@dataclass(frozen=True)
class AccountsPage:
    """The list, filtered by the words searched for."""

    words: str
    accounts: tuple[Account, ...]
    is_cut: bool


@dataclass(frozen=True)
class NewAccountPage:
    """The form for a new account."""

    form: AccountForm


@dataclass(frozen=True)
class AccountPage:
    """One account and the rights it has."""

    account: Account
    is_own: bool
    form: Form


@accounts.get("/accounts")
@opens_to(Door.ADMINISTRATOR)
def list_accounts() -> Response:
    """List accounts, or those that match what was searched for."""
    # PostgreSQL refuses a text with NUL in it, even to search for.
    words = request.args.get("q", "").replace("\x00", "").strip()
    found = tuple(accounts_like(words))
    return page(
        "accounts/list.html", page=AccountsPage(words, found, is_cut=len(found) == MOST_LISTED)
    )


@accounts.route("/accounts/new", methods=["GET", "POST"])
@opens_to(Door.ADMINISTRATOR)
def create_account() -> Response:
    """Create an account; its owner signs in by asking for a link."""
    form = AccountForm()
    if form.validate_on_submit():
        try:
            account = commands.create_account(
                **form.facts(), actor=current_actor(), moment=clock.now()
            )
            db.session.commit()
            flash(f"{account.name} can now sign in.", "success")
            return see_other(url_for("accounts.list_accounts"))
        except Invalid as refusal:
            form.refuse(refusal)
    status = 422 if form.is_submitted() else 200
    return page("accounts/new.html", status, page=NewAccountPage(form))


@accounts.get("/accounts/<uuid:account_id>")
@opens_to(Door.ADMINISTRATOR)
def show_account(account_id: uuid.UUID) -> Response:
    """Show one account with the rights it has."""
    account = _account_or_404(account_id)
    is_own = account.id == current_actor().account_id
    return page("accounts/show.html", page=AccountPage(account, is_own, Form()))


@accounts.post("/accounts/<uuid:account_id>/rights")
@opens_to(Door.ADMINISTRATOR)
def change_rights(account_id: uuid.UUID) -> Response:
    """Give or take one right, after the page has asked for confirmation."""
    account = _account_or_404(account_id)
    right, given = request.form.get("right"), request.form.get("given") == "yes"
    if right not in ("may_convene", "is_administrator"):
        abort(400)
    rights = {
        "may_convene": account.may_convene,
        "is_administrator": account.is_administrator,
        right: given,
    }
    commands.change_rights(account=account, **rights, actor=current_actor(), moment=clock.now())
    db.session.commit()
    flash(f"The rights of {account.name} were changed.", "success")
    return see_other(url_for("accounts.show_account", account_id=account_id))


def _account_or_404(account_id: uuid.UUID) -> Account:
    account = account_by_id(account_id)
    if account is None:
        abort(404)
    return account
