// Quoting: what is marked on the page becomes a quote, and a quote with its
// citation goes to the clipboard as rich text with a real note. Both work from
// the keyboard: c copies, q opens the page that makes a quote. Nothing here
// builds HTML: the server does.

const element = (node) => (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement);
const passage = (node) => element(node)?.closest("[data-ref]") ?? null;

// The words of a part of a passage as the document has them: without the page
// numbers that stand between them.
function wordsOf(fragment) {
  for (const leaf of fragment.querySelectorAll(".leaf, .cut, .who, .no, .acts, .tools")) leaf.remove();
  return fragment.textContent;
}

// What is marked: the passages it begins and ends in, and its words. Null when
// nothing is, or when it stands in two documents.
function marked() {
  const s = getSelection();
  if (!s || s.isCollapsed || !s.rangeCount) return null;
  const range = s.getRangeAt(0);
  const first = passage(range.startContainer);
  const last = passage(range.endContainer) ?? first;
  if (!first || !last) return null;
  const [doc, from] = first.dataset.ref.split("#~");
  const [same, to] = last.dataset.ref.split("#~");
  if (doc !== same) return null;
  const words = [];
  for (const el of document.querySelectorAll("[data-ref]")) {
    const text = el.querySelector(".words, h2, h3, h4");
    if (!text || !range.intersectsNode(text)) continue;
    const part = document.createRange();
    part.selectNodeContents(text);
    if (text.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset);
    if (text.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset);
    const t = wordsOf(part.cloneContents()).trim();
    if (t) words.push(t);
  }
  return words.length ? { doc, from, to, words: words.join("\n") } : null;
}

function wanted(el) {
  const m = marked();
  if (m) return m;
  if (!el) return null;
  const [doc, from] = el.dataset.ref.split("#~");
  return { doc, from, to: from };
}

// Puts both forms on the clipboard. A copy event is the one way that leaves
// Word's own marks of notes as they are.
function put({ html, text }) {
  const fill = (e) => {
    e.clipboardData.setData("text/html", html);
    e.clipboardData.setData("text/plain", text);
    e.preventDefault();
  };
  document.addEventListener("copy", fill, { once: true });
  return document.execCommand("copy");
}

function tell(button) {
  if (!button) return;
  const before = [...button.childNodes];
  button.textContent = document.body.dataset.copied;
  setTimeout(() => button.replaceChildren(...before), 1500);
}

document.addEventListener("cite", async (e) => {
  const want = wanted(e.detail);
  if (!want) return;
  const answer = await fetch("/api/v1/cite?" + new URLSearchParams(want));
  if (answer.ok && put(await answer.json())) tell(e.detail?.querySelector(".copy"));
});

const rich = document.querySelector(".copyrich");
const copyRich = () => put({ html: rich.dataset.html, text: rich.dataset.plain }) && tell(rich);
if (rich) {
  rich.hidden = false;
  rich.addEventListener("click", copyRich);
}

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, select, textarea")) return;
  const key = e.code.replace(/^Key/, "").toLowerCase();
  const m = key === "q" ? marked() : null;
  if (m) location.assign("/quote?" + new URLSearchParams(m));
  else if (key === "q") document.querySelector(".here .acts a, .current .acts a, .here .tools a[href^='/quote']")?.click();
  else if (key === "c" && rich) copyRich();
  else return;
  e.preventDefault();
});

// A button beside what is marked with the mouse.
const button = document.createElement("a");
button.className = "button quotehere";
button.hidden = true;
document.querySelector("main")?.append(button);
const label = document.querySelector(".acts a, .tools a[href^='/quote']")?.textContent;
document.addEventListener("selectionchange", () => {
  const m = label ? marked() : null;
  button.hidden = !m;
  if (!m) return;
  button.textContent = label;
  button.href = "/quote?" + new URLSearchParams(m);
});
