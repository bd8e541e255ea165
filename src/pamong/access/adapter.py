"""How allauth behaves here: accounts are made by the office, nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from pamong.access.models import User


class ClosedAccountAdapter(DefaultAccountAdapter):
    """No open registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class AccountBackend(AuthenticationBackend):
    """Signs in as allauth does, and reads an account with its roles: every page asks for both."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, with the roles given to it; None where it may not sign in any more."""
        user = User.objects.with_grants().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
