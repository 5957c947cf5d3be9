// Readers of npm for .ci/exports: mammoth, citation-js, ajv.
const fs = require("fs");
const [work, what] = process.argv.slice(2);
const die = (m) => { console.error(m); process.exit(1); };

async function mammoth() {
  const out = await require("mammoth").convertToHtml({ path: work + "/b.docx" });
  process.stdout.write(out.value);
}

// The names of CSL 1.0.2 (its specification, appendices III and IV), as a schema
// that refuses all others.
const strings = `abstract annote archive archive_collection archive_location archive-place authority call-number citation-key citation-label collection-number collection-title container-title container-title-short dimensions division DOI edition event event-title event-place first-reference-note-number genre ISBN ISSN issue journalAbbreviation jurisdiction keyword language license locator medium note number number-of-pages number-of-volumes original-publisher original-publisher-place original-title page page-first part-number part-title PMCID PMID printing-number publisher publisher-place references reviewed-genre reviewed-title scale section shortTitle source status supplement-number title title-short type URL version volume volume-title year-suffix`.split(" ");
const types = `article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog regulation report review review-book software song speech standard thesis treaty webpage`.split(" ");
const date = { type: "object", additionalProperties: false, properties: { "date-parts": { type: "array", minItems: 1, maxItems: 2, items: { type: "array", minItems: 1, maxItems: 3, items: { type: ["number", "string"] } } }, raw: { type: "string" }, literal: { type: "string" } } };
const schema = { type: "array", items: { type: "object", required: ["type", "id"], additionalProperties: false, properties: Object.assign(Object.fromEntries(strings.map((k) => [k, { type: ["string", "number"] }])), { id: { type: ["string", "number"] }, type: { enum: types }, custom: { type: "object" } }, Object.fromEntries(["accessed", "issued", "submitted", "event-date", "original-date", "available-date"].map((k) => [k, date]))) } };

function bibliographies() {
  const csl = JSON.parse(fs.readFileSync(work + "/b.csl", "utf8"));
  const Ajv = require("ajv");
  const ok = new Ajv({ strict: false, allErrors: true }).compile(schema);
  if (!ok(csl)) die("ajv: " + JSON.stringify(ok.errors.slice(0, 3)));
  const { Cite } = require("@citation-js/core");
  require("@citation-js/plugin-ris"); require("@citation-js/plugin-bibtex"); require("@citation-js/plugin-csl");
  for (const file of ["b.ris", "b.bib", "b.csl"]) {
    const read = new Cite(fs.readFileSync(work + "/" + file, "utf8")).data;
    if (read.length !== csl.length) die(`citation-js: ${file} has ${read.length} references, want ${csl.length}`);
    read.forEach((r, i) => {
      const all = JSON.stringify(r);
      const want = csl[i];
      if (!r.title || r.title.replace(/<[^>]*>/g, "") !== want.title) die(`citation-js: ${file}: title ${r.title}, want ${want.title}`);
      for (const v of [want.number, want.authority, want.URL]) if (v && !all.includes(JSON.stringify(v).slice(1, -1))) die(`citation-js: ${file}: ${v} is lost in ${all}`);
      if (want.issued && !all.includes(String(want.issued["date-parts"][0][0]))) die(`citation-js: ${file}: the date is lost`);
      if (want.note && !all.includes(want.note)) die(`citation-js: ${file}: the pinpoint ${want.note} is lost in ${all}`);
    });
  }
  console.log(`ok: ajv and citation-js read ${csl.length} references three times`);
}

({ mammoth, bibliographies })[what]();
