"""The few pages of django-allauth that Alongside opens: the code by email, leaving, and passkeys."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as passkeys
from django.urls import path
from django.views.generic import TemplateView

from alongside.web.shared.access import public, signed_in

by_invitation = TemplateView.as_view(template_name="account/signup_closed.html")

urlpatterns = [
    path("login/", public(account.request_login_code), name="account_login"),
    path("login/", public(account.request_login_code), name="account_request_login_code"),
    path("login/code/", public(account.confirm_login_code), name="account_confirm_login_code"),
    path("signup/", public(by_invitation), name="account_signup"),
    path("logout/", public(account.logout), name="account_logout"),
    path("login/passkey/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/", signed_in(mfa.index), name="mfa_index"),
    path("passkeys/", signed_in(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/add/", signed_in(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", signed_in(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("passkeys/again/", signed_in(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
]
