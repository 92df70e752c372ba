"use strict";
// Nothing here is needed to read: the contents follow the reader, and a button prints.
(() => {
  const button = document.querySelector("button.print");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  const links = new Map();
  for (const link of document.querySelectorAll(".contents a")) links.set(link.hash.slice(1), link);
  const parts = [...document.querySelectorAll("main .part")];
  if (!("IntersectionObserver" in window) || parts.length === 0) return;

  const visible = new Set();
  const observer = new IntersectionObserver((changes) => {
    for (const change of changes) {
      if (change.isIntersecting) visible.add(change.target);
      else visible.delete(change.target);
    }
    const current = parts.find((part) => visible.has(part));
    for (const [id, link] of links) {
      if (current && current.id === id) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-10% 0px -60% 0px" });
  for (const part of parts) observer.observe(part);
})();
