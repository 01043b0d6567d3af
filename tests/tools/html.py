"""Opens the HTML reports of a folder in Chromium and looks at what a reader would see. tests/it/html.rs makes the folder."""

import json
import shutil
import sys
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

FOLDER, CHROMIUM = Path(sys.argv[1]).resolve(), shutil.which(sys.argv[2])
CASES = json.loads((FOLDER / "cases.json").read_text())
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
WATCH = "window.broken = []; addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective))"
faults = []


def expect(found, wanted, where):
    if found != wanted:
        faults.append(f"{where}: {found!r} where {wanted!r} is right")


class Reader:
    """A page that is watched: nothing may be asked of a network, nothing may go wrong."""

    def __init__(self, browser, name, viewport=DESKTOP, scheme="light", **more):
        self.context = browser.new_context(viewport=viewport, color_scheme=scheme, **more)
        self.name, self.page = name, self.context.new_page()
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda r: self.asked(r.url))
        self.page.on("console", lambda m: m.type in ("error", "warning") and faults.append(f"{name}: console: {m.text}"))
        self.page.on("pageerror", lambda e: faults.append(f"{name}: {e}"))
        self.page.goto((FOLDER / f"{name}.html").as_uri())

    def asked(self, url):
        if not url.startswith("data:") and url != (FOLDER / f"{self.name}.html").as_uri():
            faults.append(f"{self.name}: asks for {url}")

    def __enter__(self):
        return self.page

    def __exit__(self, *_):
        if self.context.pages and not self.page.is_closed():
            try:
                expect(self.page.evaluate("window.broken"), [], f"{self.name}: content security policy")
            except Exception as error:
                faults.append(f"{self.name}: {error}")
        self.context.close()


def shown(page, selector):
    """The identifiers of what is visible."""
    return page.eval_on_selector_all(selector, "all => all.filter(e => e.checkVisibility()).map(e => e.id)")


def fits(page, where):
    wide = page.evaluate(
        """() => [document.documentElement.scrollWidth, ...[...document.querySelectorAll('body *')]
            .filter(e => e.getClientRects().length && e.getBoundingClientRect().right > innerWidth + 1
              && !e.closest('.unseen, svg'))
            .map(e => e.tagName + '.' + e.className).slice(0, 5)]"""
    )
    expect(wide, [page.viewport_size["width"]], f"{where}: wider than the window")


def accessible(page, where):
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    for fault in result.response["violations"]:
        nodes = [f"{node['target']} {node['any'][0]['message'] if node['any'] else ''}" for node in fault["nodes"][:3]]
        faults.append(f"{where}: axe: {fault['id']}: {fault['help']}: {nodes}")
    if not result.response["passes"]:
        faults.append(f"{where}: axe looked at nothing")


def open_details(page):
    """One item of each verdict, and the documents of one."""
    page.evaluate(
        """() => { for (const v of ['pass', 'advice', 'fail', 'review']) {
             const d = document.querySelector(`details.item[data-verdict=${v}]`); if (d) d.open = true; }
           const d = document.querySelector('details.item[open] details'); if (d) d.open = true; }"""
    )


def modes(browser):
    for viewport, device in ((DESKTOP, "desktop"), (PHONE, "phone")):
        for scheme in ("light", "dark"):
            with Reader(browser, "rich", viewport, scheme) as page:
                for lang in ("th", "en"):
                    page.click(f"button[data-lang={lang}]")
                    where = f"rich {device} {scheme} {lang}"
                    if lang == "th":
                        page.screenshot(path=FOLDER / f"{device}-{scheme}.png")
                    open_details(page)
                    fits(page, where)
                    page.locator("input[data-item]").first.check()
                    fits(page, f"{where}, ticked")
                    # Each language in each colour, each colour on each device, each language on each device.
                    if (lang == "th") == ((device == "desktop") == (scheme == "light")):
                        accessible(page, where)
    for name in ("few", "no_survey", "hostile"):
        with Reader(browser, name, PHONE) as page:
            open_details(page)
            fits(page, name)
            if name == "few":
                accessible(page, name)


# Ticks boxes in turn, and reads all that the page shows then.
TICK = """clicked => {
  document.querySelector('#reset').click();
  for (const item of clicked) { const box = document.querySelector(`#fix-${item}`); if (!box.checked) box.click(); }
  const texts = (selector, key) => Object.fromEntries(
    [...document.querySelectorAll(selector)].map(e => [e.dataset[key], e.textContent]));
  return {ticked: [...document.querySelectorAll('input[data-item]:checked')].map(e => e.dataset.item).sort(),
          met: [...document.querySelectorAll('[data-from]')].map(line => [...line.querySelectorAll('[data-met]')]
            .filter(word => !word.hidden).map(word => word.dataset.met).join()),
          out: texts('[data-out]', 'out'), scores: texts('[data-score]', 'score'),
          note: document.querySelector('#after-arrow').checkVisibility(),
          would: Object.fromEntries([...document.querySelectorAll('[data-would]')].filter(e => e.checkVisibility())
            .map(e => [e.dataset.would, e.innerText.trim()]))};
}"""


# What a screen reader says before a score that is no audited one, in the first language of the page.
IF_FIXED = {name: "if fixed" if name == "least" else "ถ้าแก้ข้อที่เลือก" for name in CASES["what_if"]}


def would_be(case):
    return {f"{kind}-{n}": score for kind in ("sub", "top") for n, score in case[kind + "s"].items()}


def what_if(browser):
    for name, cases in CASES["what_if"].items():
        audited = would_be(next(case for case in cases if not case["click"]))
        with Reader(browser, name) as page:
            for case in cases:
                where = f"{name}, {case['click']}"
                found = page.evaluate(TICK, case["click"])
                expect(found["ticked"], sorted(case["ticked"]), f"{where}: ticked")
                wanted = {key: case[key] for key in ("oit", "plus", "low", "high")}
                if case["ita"]:
                    wanted |= {"ita": case["ita"]["ita"], "grade-th": case["ita"]["th"], "grade-en": case["ita"]["en"]}
                expect(found["out"], wanted, where)
                expect(found["met"], [str(met).lower() for met in case["conditions"]], f"{where}: what grades demand")
                scores = would_be(case)
                expect(found["scores"], audited, f"{where}: audited sub-indicators and indicators")
                moved = {key: f"{IF_FIXED[name]} → {score}" for key, score in scores.items() if score != audited[key]}
                expect({key: " ".join(text.split()) for key, text in found["would"].items()}, moved, f"{where}: beside them")
                expect(found["note"], bool(moved), f"{where}: what the arrow says")
    with Reader(browser, "rich") as page:
        page.check("#fix-O43")
        page.uncheck("#fix-O42")
        expect(page.is_checked("#fix-O43"), False, "what needs an item goes with it")
        page.click("#shortest")
        ticked = page.eval_on_selector_all("input[data-item]:checked", "all => all.map(box => box.dataset.item)")
        expect(sorted(ticked), sorted(CASES["path"]), "the shortest way")
        if not page.text_content("#what-if-said").strip():
            faults.append("the new score is not spoken")


def filters(browser):
    with Reader(browser, "rich") as page:
        for verdict, count in CASES["counts"].items():
            button = page.locator(f"button[data-filter={verdict}]")
            button.click()
            expect(button.get_attribute("aria-pressed"), "true", f"filter {verdict}")
            expect(len(shown(page, "details.item")), count, f"items shown of {verdict}")
            expect(page.text_content("#shown"), str(count), f"count shown of {verdict}")
            expect(button.locator(".count").text_content(), str(count), f"count on the button of {verdict}")
        page.click("button[data-filter=all]")
        page.fill("#search", "social network")
        if shown(page, "details.item")[:1] != ["O9"]:
            faults.append("the search does not find O9")
        for one, other in CASES["alike"]:
            found = []
            for words in (one, other):
                page.fill("#search", words)
                found.append(shown(page, "details.item"))
            expect(found[1], found[0], f"{other!r} finds what {one!r} finds")
            if not found[0]:
                faults.append(f"{one!r} finds nothing")
        page.fill("#search", "ไม่มีทางพบ")
        expect(len(shown(page, "details.item")), 0, "items of a vain search")
        expect(page.is_visible("#none"), True, "a vain search says so")
        # A link to an item that is filtered out shows it nevertheless.
        page.locator("#fixes a[href='#O42']").first.click()
        expect(page.locator("#O42").get_attribute("open"), "", "the item that a link leads to is open")
        page.keyboard.press("Enter")
        expect(page.locator("#O42").get_attribute("open"), None, "an item closes by the keyboard")
        page.click("#open-all")
        expect(page.locator("details.item:not([open])").count(), 0, "items closed after opening all")


def languages(browser):
    with Reader(browser, "rich") as page:
        for lang, other, word in (("en", "t", "Items"), ("th", "e", "ผลรายข้อ")):
            page.click(f"button[data-lang={lang}]")
            expect(page.get_attribute("html", "lang"), lang, "the language of the page")
            expect(len(shown(page, f".{other}")), 0, f"texts of the other language beside {lang}")
            expect(page.inner_text("#items-name"), word, f"a heading in {lang}")
        page.click("#dark")
        expect(page.get_attribute("html", "data-theme"), "dark", "the colours")
        expect(page.get_attribute("#dark", "aria-pressed"), "true", "the button of the colours")
    with Reader(browser, "least") as page:
        expect(page.get_attribute("html", "lang"), "en", "the first language is that of the command line")


def keyboard(browser):
    with Reader(browser, "rich") as page:
        reached = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
        for wanted in ("skip", "dark", "print", "fix-O42"):
            if wanted not in reached:
                faults.append(f"the keyboard does not reach {wanted}: {reached}")
        page.focus("#fix-O42")
        page.keyboard.press("Space")
        expect(page.is_checked("#fix-O43"), False, "only what is ticked")
        expect(page.is_checked("#fix-O42"), True, "ticked by the keyboard")


def on_paper(browser):
    with Reader(browser, "rich") as page:
        page.pdf(path=FOLDER / "rich.pdf", prefer_css_page_size=True)
        expect(page.locator("details.item[open]").count(), 0, "what was opened for printing is closed again")
        page.emulate_media(media="print")
        for hidden in (".controls", ".filters", "nav", ".what-if"):
            expect(len(shown(page, hidden)), 0, f"{hidden} on paper")
        evidence = page.locator("details.item[data-verdict=review] blockquote").first
        if not evidence.evaluate("e => e.checkVisibility({contentVisibilityAuto: true}) && e.getBoundingClientRect().height > 10"):
            faults.append("a review's evidence is not on paper")


def whole_on_paper(browser):
    """Whatever was ticked, chosen and searched, paper has every item and the audited scores."""
    with Reader(browser, "rich") as page:
        page.evaluate("document.querySelectorAll('#fixes input').forEach(box => box.click())")
        page.click("button[data-filter=fail]")
        page.fill("#search", "O5")
        chosen = shown(page, "details.item")
        if not 0 < len(chosen) < CASES["counts"]["fail"]:
            faults.append(f"the search leaves {chosen}")
        tables = "document.querySelector('table.indicators').innerText"
        on_screen = page.evaluate(tables)
        page.pdf(path=FOLDER / "whole.pdf", prefer_css_page_size=True)
        page.set_viewport_size({"width": 680, "height": 960})
        page.emulate_media(media="print")
        expect(len(shown(page, "details.item")), CASES["counts"]["all"], "items on paper with a filter")
        if "→" not in on_screen or "→" in page.evaluate(tables):
            faults.append("what would be the score is on the screen, and not among the scores on paper")
        expect(len(shown(page, "#after-arrow, .indicators .plus")), 0, "what explains it")
        expect(page.is_visible(".what-if") and page.is_visible("#what-if-name"), True, "what-if with its name on paper")
        page.emulate_media(media="screen")
        page.set_viewport_size(DESKTOP)
        expect(shown(page, "details.item"), chosen, "items on the screen again")
        expect(page.evaluate(tables), on_screen, "scores on the screen again")


def without_script(browser):
    with Reader(browser, "rich", java_script_enabled=False) as page:
        expect(len(shown(page, ".script")), 0, "controls that need the script")
        expect(len(shown(page, "details.item")), CASES["counts"]["all"], "items without the script")
        page.locator("details.item summary").first.click()
        expect(len(shown(page, "details.item[open] .inside")), 1, "an item opens without the script")


def harmless(browser):
    with Reader(browser, "hostile") as page:
        page.click("#open-all")
        page.click("button[data-lang=en]")
        page.locator("input[data-item]").first.check()
        links = page.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))")
        for link in links:
            if not link.startswith(("#", "http://", "https://")):
                faults.append(f"a link to {link}")
        page.mouse.move(600, 400)
        expect(page.evaluate("window.ran ?? 0"), 0, "text of a page ran")
        expect(page.locator("script, style").count(), 4, "scripts and styles")
        expect(page.locator("img[src*=evil], [onerror], [onload], [onmouseover], [style]").count(), 0, "attributes")


def quick(browser):
    started = time.monotonic()
    with Reader(browser, "rich") as page:
        page.wait_for_selector("html.js")
    took = time.monotonic() - started
    print(f"rich.html: {(FOLDER / 'rich.html').stat().st_size} bytes, open in {took:.2f} s")
    if took > 10:
        faults.append(f"the page takes {took:.1f} s to open")


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
    looks = (quick, what_if, filters, languages, keyboard, without_script, harmless, on_paper, whole_on_paper, modes)
    wanted = sys.argv[3:]
    for look in looks:
        if not wanted or look.__name__ in wanted:
            try:
                started = time.monotonic()
                look(browser)
                print(f"{look.__name__}: {time.monotonic() - started:.1f} s", flush=True)
            except Exception as error:
                faults.append(f"{look.__name__}: {error}")
    browser.close()
if faults:
    sys.exit("\n".join(faults))
print("looked at everything")
