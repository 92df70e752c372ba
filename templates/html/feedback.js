// The mentor's form. What is typed is kept in this browser under the portfolio's id, in the very shape of the
// file that is saved; both hold, at each comment, the hash (`seen`) of the answer it was written about.
// Other pages opened from a disk may share this storage, so that what comes out of it is not trusted either.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const bar = one(".fb-bar");
  if (!bar) return;
  const say = bar.dataset;
  const key = `stagekit-feedback:${say.portfolio}`;
  const levels = ["not_yet", "sufficient", "strong"];
  const locale = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const limit = 20_000; // characters of one comment that a portfolio takes in
  const parts = all(".fb-part");
  const answers = all(".fb-answer");
  const fields = { overall: one("#fb-overall"), name: one("#fb-name"), date: one("#fb-date"), show: one("#fb-show") };
  let state = blank();
  let keeps = true;
  let timer = 0;
  let last = null;

  // --- The state

  function blank() {
    return { name: "", show: false, date: "", overall: "", changed: 0, saved: 0, parts: new Map(), answers: new Map() };
  }

  function text(value) {
    return typeof value === "string" ? value : "";
  }

  function number(value) {
    return Number.isFinite(value) ? value : 0;
  }

  function entries(value, form) {
    return Array.isArray(value) ? value.filter((pair) => Array.isArray(pair) && form.test(pair[0]) && pair[1]) : [];
  }

  function revived(source) {
    const found = JSON.parse(source) || {};
    const part = (p) => ({
      level: levels.includes(p.level) ? p.level : "", comment: text(p.comment), signed: p.signed === true, seen: text(p.seen),
    });
    return {
      name: text(found.name), show: found.show === true, date: text(found.date), overall: text(found.overall),
      changed: number(found.changed), saved: number(found.saved),
      parts: new Map(entries(found.parts, /^[a-z0-9-]+$/u).map(([id, p]) => [id, part(p)])),
      answers: new Map(entries(found.answers, /^[a-z0-9-]+\.[a-z0-9_]+$/u).map(([id, a]) => [id, { comment: text(a.comment), seen: text(a.seen) }])),
    };
  }

  function judged(part) {
    return Boolean(part && (part.level || part.signed || part.comment.trim()));
  }

  function commented(answer) {
    return Boolean(answer && answer.comment.trim());
  }

  function filled() {
    return Boolean(state.overall.trim()) || [...state.parts.values()].some(judged) || [...state.answers.values()].some(commented);
  }

  // --- Keeping it in the browser

  function kept() {
    try {
      return localStorage.getItem(key);
    } catch {
      keeps = false;
      return null;
    }
  }

  function load() {
    last = kept();
    try {
      state = last ? revived(last) : blank();
    } catch {
      state = blank();
    }
  }

  // The same page in another tab: what was typed there last is what counts.
  function sync() {
    if (timer || !keeps || kept() === last) return;
    load();
    fill();
  }

  function keep() {
    clearTimeout(timer);
    timer = 0;
    const some = filled() || state.name.trim();
    const whole = some ? JSON.stringify({ ...state, parts: [...state.parts], answers: [...state.answers] }) : null;
    try {
      if (some) localStorage.setItem(key, whole);
      else localStorage.removeItem(key);
      last = whole;
      keeps = true;
    } catch {
      keeps = false;
    }
    summarise();
  }

  function flush() {
    if (timer) keep();
  }

  function edited() {
    state.changed = Date.now();
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
    if (one(".fb-message").firstChild) tell("");
    summarise();
  }

  // --- From the fields to the state

  function readPart(part) {
    state.parts.set(part.dataset.assignment, {
      level: one("input[type=radio]:checked", part)?.value || "",
      comment: one("textarea", part).value,
      signed: one("input[type=checkbox]", part).checked,
      seen: part.dataset.seen,
    });
    showPart(part);
    edited();
  }

  function readAnswer(answer) {
    state.answers.set(place(answer), { comment: one("textarea", answer).value, seen: answer.dataset.seen });
    showAnswer(answer);
    edited();
  }

  function readRest() {
    Object.assign(state, {
      overall: fields.overall.value, name: fields.name.value, date: fields.date.value, show: fields.show.checked,
    });
    if (state.date === today()) state.date = "";
    if (state.name.trim()) missing(false);
    edited();
  }

  function place(answer) {
    return `${answer.dataset.assignment}.${answer.dataset.question}`;
  }

  // --- From the state to the page

  function fill() {
    for (const part of parts) {
      const kept = state.parts.get(part.dataset.assignment);
      for (const radio of all("input[type=radio]", part)) radio.checked = kept?.level === radio.value;
      put(one("textarea", part), kept?.comment || "");
      one("input[type=checkbox]", part).checked = Boolean(kept?.signed);
      showPart(part);
    }
    for (const answer of answers) {
      const kept = state.answers.get(place(answer));
      put(one("textarea", answer), kept?.comment || "");
      open(one(".fb-open", answer), commented(kept));
      showAnswer(answer);
    }
    put(fields.overall, state.overall);
    put(fields.name, state.name);
    put(fields.date, state.date || today());
    fields.show.checked = state.show;
    showGone();
    summarise();
  }

  function put(field, value) {
    if (field.value !== value) field.value = value;
    mirror(field);
  }

  function mirror(field) {
    const typed = field.nextElementSibling;
    const value = field.type === "date" ? readable(field.value) : field.value;
    if (typed) typed.textContent = value && `${value} `;
  }

  function showPart(part) {
    const kept = state.parts.get(part.dataset.assignment);
    one(".fb-clear", part).hidden = !kept?.level;
    one(".fb-changed", part).hidden = !(judged(kept) && kept.seen !== part.dataset.seen);
  }

  function showAnswer(answer) {
    const kept = state.answers.get(place(answer));
    const preview = one(".fb-preview", answer);
    const words = commented(kept) ? kept.comment.trim().replace(/\s+/gu, " ") : "";
    answer.classList.toggle("filled", Boolean(words));
    one(".fb-label", answer).textContent = words ? say.given : say.give;
    preview.textContent = words.length > 120 ? `${[...words].slice(0, 110).join("")} …` : words;
    preview.hidden = !words || !one(".fb-body", answer).hidden;
    one(".fb-changed", answer).hidden = !(words && kept.seen !== answer.dataset.seen);
  }

  function showGone() {
    const here = new Set([...answers.map(place), ...parts.map((part) => part.dataset.assignment)]);
    const gone = [
      ...[...state.parts].filter(([id, part]) => !here.has(id) && judged(part)).map(([id]) => [state.parts, id]),
      ...[...state.answers].filter(([id, answer]) => !here.has(id) && commented(answer)).map(([id]) => [state.answers, id]),
    ];
    const list = one(".fb-gone ul");
    list.replaceChildren(...gone.map(([kept, id]) => {
      const item = document.createElement("li");
      const comment = document.createElement("p");
      const button = document.createElement("button");
      comment.textContent = `${id}: ${kept.get(id).comment || kept.get(id).level || "✓"}`;
      comment.dir = "auto";
      button.type = "button";
      button.textContent = say.remove;
      button.addEventListener("click", () => {
        kept.delete(id);
        edited();
        showGone();
        one(".fb-closing h2").focus();
      });
      item.append(comment, button);
      return item;
    }));
    one(".fb-gone").hidden = gone.length === 0;
  }

  function summarise() {
    const comments = [...state.answers.values()].filter(commented).length
      + [...state.parts.values()].filter((part) => part.comment.trim()).length + (state.overall.trim() ? 1 : 0);
    const done = parts.filter((part) => state.parts.get(part.dataset.assignment)?.level).length;
    const some = filled();
    document.documentElement.classList.toggle("has-feedback", some);
    one(".fb-count").textContent = !some ? say.nothing : [
      comments === 1 ? say.comment : say.comments.replace("{count}", comments),
      say.judged.replace("{count}", done).replace("{total}", parts.length),
    ].join(" · ");
    let kept = some ? say.kept : "";
    if (some && state.saved) kept = (state.saved >= state.changed ? say.insync : say.outdated).replace("{time}", time(state.saved));
    else if (!keeps) kept = say.unkept;
    one(".fb-kept").textContent = kept;
    bar.classList.toggle("warns", !keeps && !(state.saved && state.saved >= state.changed));
    bar.classList.toggle("fresh", Boolean(some && state.saved && state.saved >= state.changed));
  }

  function open(button, wide, focus) {
    const body = document.getElementById(button.getAttribute("aria-controls"));
    button.setAttribute("aria-expanded", String(wide));
    body.hidden = !wide;
    const answer = button.closest(".fb-answer");
    if (answer) showAnswer(answer);
    if (wide && focus) one("textarea", body)?.focus();
  }

  // --- The file

  function clean(value) {
    const whole = value.toWellFormed ? value.toWellFormed() : value.replace(/\p{Surrogate}/gu, "\ufffd");
    return whole.replace(/\r\n?|[\u0085\u2028\u2029]/gu, "\n").replace(/(?![\n\t])\p{Cc}|[\ufffe\uffff]/gu, "").trim();
  }

  function file() {
    const reviewer = { date: /^[12]\d{3}-\d\d-\d\d$/u.test(state.date) ? state.date : today() };
    if (state.name.trim()) Object.assign(reviewer, { name: clean(state.name), show_name: state.show });
    const assignments = Object.create(null);
    const at = (id) => (assignments[id] ??= {});
    for (const [id, part] of state.parts) {
      if (!judged(part)) continue;
      if (part.level) at(id).level = part.level;
      if (part.comment.trim()) at(id).comment = clean(part.comment);
      if (part.signed) at(id).signed_off = true;
      at(id).seen = part.seen;
    }
    for (const [id, answer] of state.answers) {
      if (!commented(answer)) continue;
      const [assignment, question] = id.split(".");
      (at(assignment).answers ??= {})[question] = { comment: clean(answer.comment), seen: answer.seen };
    }
    const whole = { stagekit_feedback: 1, portfolio: say.portfolio, reviewer };
    if (state.overall.trim()) whole.overall = clean(state.overall);
    if (Object.keys(assignments).length) whole.assignments = assignments;
    return `${JSON.stringify(whole, null, 2)}\n`;
  }

  function save() {
    if (!filled()) return tell(say.empty);
    const long = all(".fb textarea").find((field) => field.value.length > limit);
    if (long) {
      const answer = long.closest(".fb-answer");
      if (answer) open(one(".fb-open", answer), true);
      long.focus();
      return tell(say.toolong.replace("{count}", long.value.length).replace("{limit}", limit));
    }
    if ([...state.parts.values()].some((part) => part.signed) && !state.name.trim()) {
      missing(true);
      tell("");
      return fields.name.focus();
    }
    try {
      const link = document.createElement("a");
      const url = URL.createObjectURL(new Blob([file()], { type: "application/json" }));
      link.href = url;
      link.download = say.file;
      link.hidden = true;
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch {
      return tell(say.failed);
    }
    state.saved = Date.now();
    keep();
    tell(say.saved, say.file);
  }

  // --- Saying things

  function tell(sentence, name) {
    const message = one(".fb-message");
    const [before, after] = sentence.split("{file}");
    message.replaceChildren();
    if (!sentence) return;
    const said = document.createElement("p");
    said.append(before);
    if (name) {
      const strong = document.createElement("b");
      strong.textContent = name;
      said.append(strong, after || "");
    }
    message.append(said);
  }

  function missing(is) {
    one(".fb-missing").hidden = !is;
    if (is) fields.name.setAttribute("aria-invalid", "true");
    else fields.name.removeAttribute("aria-invalid");
  }

  function today() {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  }

  function readable(day) {
    const found = new Date(`${day}T12:00:00`);
    return Number.isNaN(found.getTime()) ? "" : found.toLocaleDateString(locale, { dateStyle: "long" });
  }

  function time(moment) {
    return new Date(moment).toLocaleString(locale, { dateStyle: "long", timeStyle: "short" });
  }

  function wipe() {
    clearTimeout(timer);
    timer = 0;
    state = blank();
    keep();
    fill();
    one(".fb-restored").hidden = true;
    missing(false);
    tell(say.wiped);
  }

  // --- What the reader does

  document.addEventListener("input", ({ target }) => {
    if (!target.closest(".fb")) return;
    mirror(target);
    const part = target.closest(".fb-part");
    const answer = target.closest(".fb-answer");
    if (part) readPart(part);
    else if (answer) readAnswer(answer);
    else readRest();
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest(".fb button, .fb-bar button");
    if (!button) return;
    const part = button.closest(".fb-part");
    const answer = button.closest(".fb-answer");
    if (button.matches(".fb-open")) open(button, button.getAttribute("aria-expanded") !== "true", true);
    else if (button.matches(".fb-save")) save();
    else if (button.matches(".fb-wipe")) ask(button);
    else if (button.matches(".fb-clear")) {
      for (const radio of all("input[type=radio]", part)) radio.checked = false;
      one("input[type=radio]", part).focus();
      readPart(part);
    } else if (button.matches(".fb-holds")) {
      one("textarea", answer || part).focus();
      if (answer) readAnswer(answer);
      else readPart(part);
    }
  });

  document.addEventListener("keydown", (event) => {
    const button = event.target.closest?.(".fb-answer") && one(".fb-open", event.target.closest(".fb-answer"));
    if (event.key !== "Escape" || event.isComposing || !button || event.target === button) return;
    open(button, false);
    button.focus();
  });

  const dialog = one(".fb-ask");
  let asked = null;

  function ask(button) {
    if (!dialog.showModal) return confirm(one("h2", dialog).textContent) ? wipe() : undefined;
    asked = button;
    dialog.showModal();
  }
  one(".fb-no", dialog).addEventListener("click", () => dialog.close());
  one(".fb-yes", dialog).addEventListener("click", () => {
    dialog.close();
    wipe();
    if (asked.offsetParent === null) one("#main-text").focus();
  });

  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => (document.hidden ? flush() : sync()));
  addEventListener("beforeunload", (event) => {
    flush();
    if (!keeps && filled() && !(state.saved && state.saved >= state.changed)) event.preventDefault();
  });
  addEventListener("storage", sync);
  addEventListener("focus", sync);
  addEventListener("pageshow", () => timer || fill()); // a browser may put back fields of its own accord

  // --- At the start

  load();
  fill();
  if (filled()) {
    one(".fb-restored p").textContent = say.restored.replace("{time}", time(state.changed));
    one(".fb-restored").hidden = false;
  }
  document.documentElement.classList.add("scripted");
})();
