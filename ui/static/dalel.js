// Keys and copying. Every page works without this file, and nothing here
// builds HTML from strings.

const stops = () => [...document.querySelectorAll("[data-stop]")];
let here = null;

// The passage that the reader is at: the one chosen last, or the first that
// is not above the window.
function current() {
  if (here) return here;
  return stops().find((el) => el.getBoundingClientRect().bottom > 80) ?? null;
}

function go(el) {
  if (!el) return;
  here?.classList.remove("here");
  here = el;
  el.classList.add("here");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  el.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  el.querySelector("a.no")?.focus({ preventScroll: true });
}

// Moves by so many passages. On a document in parts the next passage may be
// on another page: then the link to it is followed.
function move(by) {
  const all = stops();
  const at = here ? all.indexOf(here) : all.findIndex((el) => el.matches(".current"));
  const next = at < 0 ? (by > 0 ? 0 : -1) : at + by;
  if (all[next]) return go(all[next]);
  const link = document.querySelector(by > 0 ? ".turn [rel=next]" : ".turn [rel=prev]");
  if (link && !all.some((el) => link.hash === "#" + el.id)) link.click();
}

// The address of a passage for other people: its permanent name.
function address(el) {
  const [doc, place] = el.dataset.ref.split("#~");
  return `${location.origin}/doc/${doc}?at=${place}#o${place}`;
}

async function copy(el) {
  if ("desk" in document.body.dataset) {
    return document.dispatchEvent(new CustomEvent("cite", { detail: el ?? document.querySelector(".para.current") }));
  }
  if (!el || !navigator.clipboard) return;
  const number = el.querySelector("a.no")?.textContent.trim();
  const title = el.closest(".work")?.querySelector("h2") ?? document.querySelector("h1");
  const words = el.querySelector(".words")?.textContent.trim() ?? "";
  const lines = [words, [title?.textContent.trim(), number].filter((s) => s && s !== "¶").join(", "), address(el)];
  await navigator.clipboard.writeText(lines.join("\n"));
  const button = el.querySelector(".copy");
  if (!button) return;
  const before = [...button.childNodes];
  button.textContent = document.body.dataset.copied;
  setTimeout(() => button.replaceChildren(...before), 1500);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button.closest("[data-ref]")));
  }
}

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, select, textarea")) return;
  // By the key's place too: on a Russian or Kazakh layout there is no j.
  const key = e.key === "/" || e.code === "Slash" ? "/" : e.code.replace(/^Key/, "").toLowerCase();
  if (key === "/") {
    const box = document.getElementById("q");
    box?.focus();
    box?.select();
  } else if (key === "j") move(1);
  else if (key === "k") move(-1);
  else if (key === "c") copy(current());
  else return;
  e.preventDefault();
});

// A permanent name may point into a part of a long document that is not on
// this page: the server knows which one.
function resolve() {
  const place = decodeURIComponent(location.hash.slice(1));
  if (!document.querySelector(".parts") || !/^([~o]\d+|p.+)$/.test(place) || document.getElementById(place)) return;
  const url = new URL(location.href);
  const at = place.replace(/^[~o]/, "");
  if (url.searchParams.get("at") === at) return;
  url.searchParams.set("at", at);
  location.replace(url);
}
resolve();
addEventListener("hashchange", resolve);
