"""Makes docs/page.png anew: the page on a desktop and on a phone, side by side.

    make run                                   # in one terminal, with the sample province
    .venv/bin/python docs/screenshot.py        # in another; needs Chromium

An argument names another address than http://127.0.0.1:8000; ASSISTANT_DATA_DIR another data folder than var/.
"""

from __future__ import annotations

import base64
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

from assistant.settings import Settings

PICTURE = Path(__file__).with_name("page.png")
DESKTOP: ViewportSize = {"width": 980, "height": 720}
PHONE: ViewportSize = {"width": 360, "height": 720}
USER = "lanhdao"

TO_LAST = """() => {
  const turn = [...document.querySelectorAll("article[data-answer]")].at(-1);
  document.getElementById("scroll").scrollTo(0, turn.offsetTop - 12);
}"""

FRAME = """<style>
  body { margin: 0; background: #dfe8ef; }
  #both { display: inline-flex; gap: 28px; padding: 28px; align-items: center; }
  img { border-radius: 12px; }
  img + img { border-radius: 28px; border: 7px solid #14222e; }
</style>
<div id="both"><img src="DESKTOP"><img src="PHONE"></div>"""


def password() -> str:
    """Of the demonstration account."""
    lines = (Settings().data_dir / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    return next(line.split("\t")[1] for line in lines if line.startswith(f"{USER}\t"))


def page(browser: Browser, address: str, size: ViewportSize, questions: list[str]) -> str:
    """The page after these questions, as a data URL."""
    context = browser.new_context(base_url=address, viewport=size, locale="vi-VN", reduced_motion="reduce")
    page = context.new_page()
    page.goto("/login")
    page.locator("#username").fill(USER)
    page.locator("#password").fill(password())
    page.locator("#password").press("Enter")
    page.wait_for_url("**/")
    for number, question in enumerate(questions, 1):
        page.locator("#question").fill(question)
        page.locator("#question").press("Enter")
        expect(page.locator("article[data-answer]")).to_have_count(number, timeout=30_000)
    pictures = page.locator("article[data-answer]").last.locator("figure img")
    if pictures.count():
        expect(pictures).to_have_js_property("complete", True)
        pictures.evaluate("image => image.decode()")
    page.evaluate(TO_LAST)
    shot = page.screenshot()
    context.close()
    return "data:image/png;base64," + base64.b64encode(shot).decode()


def main(address: str) -> None:
    """Writes the picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        desktop = page(browser, address, DESKTOP, ["Số bác sĩ của từng huyện năm 2025?"])
        phone = page(browser, address, PHONE, ["Tháng trước huyện Châu Đức có bao nhiêu hồ sơ trễ hạn?"])
        both = browser.new_page(viewport={"width": 1700, "height": 900})
        both.set_content(FRAME.replace("DESKTOP", desktop).replace("PHONE", phone))
        both.locator("#both").screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE}: {PICTURE.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
