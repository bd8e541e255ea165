"""Steps that journeys share."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.world import PASSWORD


def sign_in(tab: Tab, site: str, username: str, password: str = PASSWORD) -> None:
    """Sign in by the form, as a person does; ends on the page that follows."""
    tab.goto(f"{site}/masuk/")
    tab.get_by_label("Nama pengguna").fill(username)
    tab.get_by_label("Kata sandi").fill(password)
    with tab.expect_navigation():
        tab.get_by_role("button", name="Masuk").click()


def sign_out(tab: Tab) -> None:
    """Sign out by the menu of the account."""
    tab.locator("details[data-menu] > summary").click()
    tab.get_by_role("button", name="Keluar").click()
