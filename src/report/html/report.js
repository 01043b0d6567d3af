"use strict";
// The page is a document without this; it switches language and colours, filters the items, and reckons what fixes gain.
(() => {
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const data = JSON.parse($("#data").textContent);
  const say = (phrase) => phrase[root.lang] ?? phrase.th;
  root.classList.add("js");

  // --- language and colours -------------------------------------------------------------------------------------------
  const languages = $$("button[data-lang]");
  const speak = (lang) => {
    root.lang = lang;
    for (const button of languages) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    const title = $("title");
    title.textContent = title.dataset[lang];
    for (const picture of $$("img[data-th]")) picture.alt = picture.dataset[lang];
    nameToggle();
  };
  const openAll = $("#open-all");
  const items = $$("details.item");
  const isShown = (item) => !item.hidden;
  function nameToggle() {
    if (!openAll) return;
    const all = items.filter(isShown).every((item) => item.open);
    openAll.textContent = say(all ? data.words.closeAll : data.words.openAll);
  }
  for (const button of languages) button.addEventListener("click", () => speak(button.dataset.lang));

  const dark = $("#dark");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const showDark = () => dark.setAttribute("aria-pressed", String(isDark()));
  dark.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    showDark();
  });
  system.addEventListener("change", showDark);

  // --- printing: what needs a person's hand is open on paper -----------------------------------------------------------
  $("#print").addEventListener("click", () => print());
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = items.filter((item) => !item.open && ["fail", "review"].includes(item.dataset.verdict));
    for (const item of opened) item.open = true;
  });
  addEventListener("afterprint", () => {
    for (const item of opened) item.open = false;
  });

  // --- items ------------------------------------------------------------------------------------------------------------
  const filters = $$("button[data-filter]");
  const search = $("#search");
  /// What is the same to a reader: either case, Thai and Arabic digits, SARA AM in one character or two (NFKC), a tone mark
  /// on either side of its NIKHAHIT, and SARA AE typed as two SARA E.
  const fold = (text) => {
    const plain = text.normalize("NFKC").toLowerCase().replace(/\u0e4d([\u0e48-\u0e4b])/g, "$1\u0e4d");
    const whole = plain.replace(/\u0e40\u0e40/g, "\u0e41");
    return whole.replace(/[\u0e50-\u0e59]/g, (digit) => digit.charCodeAt(0) - 0x0e50);
  };
  const texts = new Map();
  const text = (item) => {
    if (!texts.has(item)) texts.set(item, fold(item.textContent));
    return texts.get(item);
  };
  const filter = () => {
    const wanted = filters.find((button) => button.getAttribute("aria-pressed") === "true").dataset.filter;
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    for (const item of items) {
      const matches = wanted === "all" || item.dataset.verdict === wanted;
      item.hidden = !(matches && words.every((word) => text(item).includes(word)));
    }
    for (const group of $$(".group, .sub-indicator")) group.hidden = !$$("details.item", group).some(isShown);
    const count = items.filter(isShown).length;
    $("#shown").textContent = count;
    $("#none").hidden = count > 0;
    nameToggle();
  };
  for (const button of filters) {
    button.addEventListener("click", () => {
      for (const other of filters) other.setAttribute("aria-pressed", String(other === button));
      filter();
    });
  }
  search?.addEventListener("input", filter);
  openAll?.addEventListener("click", () => {
    const shown = items.filter(isShown);
    const open = !shown.every((item) => item.open);
    for (const item of shown) item.open = open;
    nameToggle();
  });
  for (const item of items) item.addEventListener("toggle", nameToggle);

  // A link to an item opens it, whatever the filter hides.
  const follow = () => {
    const item = items.find((one) => "#" + one.id === location.hash);
    if (!item) return;
    if (item.hidden) {
      search.value = "";
      for (const button of filters) button.setAttribute("aria-pressed", String(button.dataset.filter === "all"));
      filter();
    }
    item.open = true;
    item.scrollIntoView();
    $("summary", item).focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);
  for (const link of $$('a[href^="#"]')) {
    link.addEventListener("click", () => link.hash === location.hash && follow());
  }

  // --- what-if: averages of averages, as the NACC reckons ------------------------------------------------------------------
  const boxes = $$("input[data-item]");
  const ticked = () => new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.item));

  /// Half-up to two decimals; the nudge keeps a half that binary fractions hold a hair too low a half.
  const rounded = (score) => (Math.sign(score) * Math.floor(Math.abs(score) * 100 + 0.5 + 1e-7)) / 100;
  const printed = (score) => (score === null ? say(data.words.unknown) : rounded(score).toFixed(2));
  const signed = (score) => (rounded(score) < 0 ? "−" + rounded(-score).toFixed(2) : "+" + rounded(score).toFixed(2));
  const mean = (scores) => {
    if (!scores.length || scores.includes(null)) return null;
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  };

  const LOW = 0;
  const LIKELY = 1;
  const HIGH = 2;
  const reckon = (right, bound) => {
    const subs = Object.create(null);
    const tops = Object.create(null);
    const item = (id) => (right.has(id) ? 100 : (data.items[id]?.[bound] ?? null));
    for (const indicator of data.indicators) {
      for (const sub of indicator.subs) subs[sub.id] = mean(sub.items.map(item));
      tops[indicator.id] = mean(indicator.subs.map((sub) => subs[sub.id]));
    }
    return { oit: mean(data.indicators.map((indicator) => tops[indicator.id])), tops, subs };
  };
  const survey = data.survey && { iit: mean(data.survey.iit), eit: mean(data.survey.eit) };
  const hasSurvey = survey && survey.iit !== null && survey.eit !== null;
  const ita = (oit) => {
    if (!hasSurvey || oit === null) return null;
    return data.weights.iit * survey.iit + data.weights.eit * survey.eit + data.weights.oit * oit;
  };
  const grade = (oit) => {
    const total = ita(oit);
    if (total === null) return null;
    const least = Math.min(...[survey.iit, survey.eit, oit].map(rounded));
    return data.grades.find((band) => rounded(total) >= band.from && (band.each === null || least >= band.each)) ?? null;
  };

  const before = reckon(new Set(), LIKELY);
  const out = (key, value) => {
    for (const place of $$(`[data-out="${key}"]`)) place.textContent = value;
  };
  const percent = (score) => Math.min(100, Math.max(0, score ?? 0)) + "%";
  const move = (key, was, is) => {
    const bar = $$("[data-bar]").find((one) => one.dataset.bar === key);
    if (!bar) return;
    $(".plus", bar).setAttribute("x", percent(was));
    $(".plus", bar).setAttribute("width", percent((is ?? 0) - (was ?? 0)));
  };
  const place = (key, was, is) => {
    move(key, was, is);
    const would = $$("[data-would]").find((one) => one.dataset.would === key);
    if (!would) return;
    would.hidden = is === null || printed(was) === printed(is);
    $("strong", would).textContent = printed(is);
  };
  const show = (spoken) => {
    const right = ticked();
    const now = reckon(right, LIKELY);
    const [low, high] = [LOW, HIGH].map((bound) => reckon(right, bound).oit);
    const plus = signed(rounded(now.oit) - rounded(before.oit));
    out("oit", printed(now.oit));
    out("plus", plus);
    out("low", printed(low));
    out("high", printed(high));
    out("ita", printed(ita(now.oit)));
    const band = grade(now.oit);
    out("grade-th", band ? band.th : data.words.unknown.th);
    out("grade-en", band ? band.en : data.words.unknown.en);
    const reached = rounded(now.oit) >= data.target;
    const conditions = { reached, below: !reached, range: printed(low) !== printed(high) };
    for (const line of $$("[data-if]")) line.hidden = !conditions[line.dataset.if];
    for (const line of $$("[data-from]")) {
      const met = String(rounded(now.oit) >= Number(line.dataset.from));
      for (const word of $$("[data-met]", line)) word.hidden = word.dataset.met !== met;
    }
    move("oit", before.oit, now.oit);
    for (const [id, score] of Object.entries(now.tops)) place("top-" + id, before.tops[id], score);
    for (const [id, score] of Object.entries(now.subs)) place("sub-" + id, before.subs[id], score);
    const note = $("#after-arrow");
    if (note) note.hidden = !$("[data-would]:not([hidden])");
    root.toggleAttribute("data-ticked", right.size > 0);
    if (spoken) {
      const said = say(data.words.spoken);
      $("#what-if-said").textContent = said.replace("{n}", right.size).replace("{oit}", printed(now.oit)).replace("{plus}", plus);
    }
  };

  /// What an item needs first, and what those need.
  const needs = (id, found = new Set()) => {
    for (const other of data.after[id] ?? []) {
      if (!found.has(other)) {
        found.add(other);
        needs(other, found);
      }
    }
    return found;
  };
  const change = (box) => {
    const { item } = box.dataset;
    for (const other of boxes) {
      if (box.checked && needs(item).has(other.dataset.item)) other.checked = true;
      if (!box.checked && needs(other.dataset.item).has(item)) other.checked = false;
    }
    show(true);
  };
  const tick = (wanted) => {
    for (const box of boxes) box.checked = wanted.has(box.dataset.item);
    show(true);
  };
  if (boxes.length) {
    for (const box of boxes) box.addEventListener("change", () => change(box));
    $("#shortest")?.addEventListener("click", () => tick(new Set(data.path)));
    $("#reset").addEventListener("click", () => tick(new Set()));
    show(false);
  }

  speak(root.lang);
  showDark();
  follow();
})();
