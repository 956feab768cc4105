// Two small things of a published digest in one file, as each file is a request more.

// The contents: mark there the update that is being read.
const links = new Map(
  [...document.querySelectorAll(".toc a[href^='#']")].map((link) => [link.hash.slice(1), link]),
);

const mark = (id) => {
  for (const [anchor, link] of links) {
    if (anchor === id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};

// The line that counts lies a quarter down the window.
const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) mark(entry.target.id);
  },
  { rootMargin: "-25% 0px -75% 0px" },
);

for (const id of links.keys()) {
  const update = document.getElementById(id);
  if (update) observer.observe(update);
}

// Back: a browser may keep the page whole for it. Its reader may have signed out since: ask again.
window.addEventListener("pagehide", (event) => {
  document.documentElement.hidden = event.persisted;
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
