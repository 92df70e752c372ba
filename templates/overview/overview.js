"use strict";
// Nothing here is needed to read: it searches, filters and sorts what is on the page already.
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { sensitivity: "base", numeric: true });
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const field = document.getElementById("find");
  const form = document.querySelector(".filters");
  const found = document.querySelector(".found");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  const asked = () => fold(field.value).split(/\s+/).filter(Boolean);
  const say = (count, total) => {
    const text = words[count === 1 ? "one" : "many"].replace("{count}", count).replace("{total}", total);
    if (found.textContent !== text) found.textContent = text;
  };

  const names = document.getElementById("names");
  if (names) {
    const all = JSON.parse(names.textContent).map(([name, more, file, id]) =>
      ({ name, more, link: `${file}#${id}`, text: fold(`${name} ${more}`) }));
    const hits = document.querySelector(".hits");
    const pages = document.querySelector(".pages");
    field.addEventListener("input", () => {
      const parts = asked();
      const matching = parts.length ? all.filter((each) => parts.every((part) => each.text.includes(part))) : [];
      hits.replaceChildren(...matching.slice(0, 100).map((each) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        const name = document.createElement("bdi");
        name.textContent = each.name;
        link.append(name);
        link.href = each.link;
        item.append(link, " ", each.more);
        return item;
      }));
      hits.hidden = matching.length === 0;
      pages.hidden = parts.length > 0;
      if (parts.length) say(matching.length, all.length);
      else found.textContent = "";
    });
    return;
  }

  const table = document.getElementById("students");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({
    row, data: row.dataset,
    text: fold(`${row.cells[0].textContent} ${row.dataset.key || ""} ${row.cells[1].textContent}`),
  }));
  const choices = ["by-status", "by-part", "by-finding", "late-only"].map((id) => document.getElementById(id));
  const [status, part, finding, late] = choices;
  const unread = new Set(["missing", "failed", "document"]);
  const fits = {
    any: (data) => data.finding !== "", block: (data) => data.finding === "block", none: (data) => data.finding === "",
  };

  const filter = () => {
    const parts = asked();
    let count = 0;
    for (const { row, data, text } of rows) {
      const shown = parts.every((each) => text.includes(each))
        && (!status.value || data.status === status.value)
        && (!part.value || data.open.split(" ").includes(part.value))
        && (!finding.value || (fits[finding.value](data) && !unread.has(data.status)))
        && (!late.checked || "late" in data);
      row.hidden = !shown;
      count += shown;
    }
    say(count, rows.length);
  };

  const headings = [...table.tHead.rows[0].cells];
  const order = document.getElementById("by-column");
  let column = -1;
  let up = true;
  const key = ({ row }) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  const compare = (one, other) => {
    if (one === "" || other === "") return (one === "") - (other === "");
    return (up ? 1 : -1) * collator.compare(one, other);
  };
  const sort = (chosen, rising) => {
    column = chosen;
    up = rising;
    const keyed = rows.map((each) => [key(each), each]);
    keyed.sort((one, other) => compare(one[0], other[0]));
    rows.splice(0, rows.length, ...keyed.map((pair) => pair[1]));
    if (rows.some((each, place) => body.rows[place] !== each.row)) body.append(...rows.map((each) => each.row));
    headings.forEach((heading, index) => {
      if (index === column) heading.setAttribute("aria-sort", up ? "ascending" : "descending");
      else heading.removeAttribute("aria-sort");
    });
    order.value = `${column} ${up}`;
  };
  headings.forEach((heading, index) => {
    if ("fixed" in heading.dataset) return;
    const title = heading.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(index, index === column ? !up : true));
    for (const [rising, word] of [[true, words.up], [false, words.down]]) {
      order.append(new Option(word.replace("{column}", title), `${index} ${rising}`));
    }
  });
  order.addEventListener("change", () => {
    const [chosen, rising] = order.value.split(" ");
    sort(Number(chosen), rising === "true");
  });
  field.addEventListener("input", filter);
  for (const choice of choices) choice.addEventListener("change", filter);
  form.addEventListener("reset", () => setTimeout(() => { filter(); order.value = `${column} ${up}`; }));
  sort(0, true);
  filter();
})();
