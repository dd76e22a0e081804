"""Accounts, roles, grants per domain and per area, sessions, audit trail."""

from assistant.access.demo import create_demo_accounts, refuse_if_demo
from assistant.access.models import Account, Grants, Role
from assistant.access.service import AccountService, Session

__all__ = ["Account", "AccountService", "Grants", "Role", "Session", "create_demo_accounts", "refuse_if_demo"]
