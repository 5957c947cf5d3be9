"""Compares what independent readers found in exports: .ci/exports runs it."""
import csv
import html as h
import io
import json
import re
import sys
import zipfile

what, work = sys.argv[1:3]


def die(message):
    sys.exit(message)


def cards():
    return json.load(open(work + "/b.jsonld", encoding="utf-8"))["items"]


def shown(card):
    out, last = "", 0
    for s in card["dalel:shown"]:
        if s["target"] < 0:
            out, last = out + s["words"], 0
            continue
        t = card["target"][s["target"]]
        if last and t["dalel:paragraph"] != last:
            out += "\n"
        out, last = out + t["selector"][1]["exact"], t["dalel:paragraph"]
    return out


def fold(s):
    return re.sub(r"\s+", "", s.replace("\u00ad", ""))


def holds(text, where):
    text = fold(text)
    for c in cards():
        for part in (shown(c), c["dalel:citation"]):
            if fold(part) not in text:
                die(f"{where} does not have: {part}")


def word():
    n = len(cards())
    # pandoc
    doc = json.load(open(work + "/pandoc.json", encoding="utf-8"))
    notes, text = [], []

    def walk(x, into):
        if isinstance(x, dict):
            if x.get("t") == "Note":
                inner = []
                walk(x["c"], inner)
                notes.append("".join(inner))
                return
            if x.get("t") == "Str":
                into.append(x["c"])
            elif x.get("t") in ("Space", "SoftBreak"):
                into.append(" ")
            elif x.get("t") == "Quoted":
                into.append({"DoubleQuote": "“", "SingleQuote": "‘"}[x["c"][0]["t"]])
                walk(x["c"][1], into)
                into.append({"DoubleQuote": "”", "SingleQuote": "’"}[x["c"][0]["t"]])
                return
            walk(list(x.values()), into)
        elif isinstance(x, list):
            for y in x:
                walk(y, into)

    walk(doc["blocks"], text)
    if len(notes) != n:
        die(f"pandoc finds {len(notes)} notes, want {n}")
    holds("".join(text) + "".join(notes), "the Word file, read by pandoc,")
    # mammoth
    html = open(work + "/mammoth.html", encoding="utf-8").read()
    marks = html.count('id="footnote-ref-')
    if marks != n:
        die(f"mammoth finds {marks} notes, want {n}")
    holds(h.unescape(re.sub(r"<[^>]*>", "", html)), "the Word file, read by mammoth,")
    # LibreOffice
    odt = zipfile.ZipFile(work + "/lo/b.odt").read("content.xml").decode()
    if odt.count("<text:note ") != n:
        die(f"LibreOffice finds {odt.count('<text:note ')} notes, want {n}")
    holds(h.unescape(re.sub(r"<[^>]*>", "", odt.replace("<text:s/>", " "))), "the Word file, read by LibreOffice,")
    print(f"ok: pandoc, mammoth and LibreOffice find the same {n} notes and texts in the Word file")


def ten():
    lines = [l for l in open(work + "/ten.txt", encoding="utf-8") if re.match(r"\d+\. ", l)]
    got = [l.split()[1] for l in lines if " quote " in l]
    want = ["FOUND", "FOUND", "FOUND", "NEAR", "WRONG-PINPOINT", "FOUND", "FOUND", "FOUND", "NEAR", "ABSENT"]
    if got != want:
        die(f"the ten quotes: {got}, want {want}")
    a, b = zipfile.ZipFile(work + "/try/brief-10-quotes-ru.docx"), zipfile.ZipFile(work + "/noted.docx")
    changed = sorted(n for n in b.namelist() if n not in a.namelist() or a.read(n) != b.read(n))
    if set(a.namelist()) - set(b.namelist()) or not set(changed) <= {"word/document.xml", "word/footnotes.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}:
        die(f"parts of the Word file were changed: {changed}")
    before, after = a.read("word/document.xml").decode(), b.read("word/document.xml").decode()
    mark = r'<w:r><w:rPr>(?:<w:rStyle w:val="FootnoteReference"/>|<w:vertAlign w:val="superscript"/>)</w:rPr><w:footnoteReference w:id="\d+"/></w:r>'
    if len(re.findall(mark, after)) - len(re.findall(mark, before)) != 6:
        die("six notes were to be added")
    plain = lambda s: re.sub(r"<[^>]*>", "", s)
    if plain(before) != plain(after):
        die("words of the Word file were changed")


def bibliographies():
    csl = json.load(open(work + "/b.csl", encoding="utf-8"))
    for file in ("bib.json", "csl.json"):
        read = json.load(open(f"{work}/{file}", encoding="utf-8"))
        if len(read) != len(csl):
            die(f"pandoc: {file} has {len(read)} references, want {len(csl)}")
        for r, want in zip(read, csl):
            text = json.dumps(r, ensure_ascii=False)
            for key in ("title", "authority", "number", "note"):
                v = want.get(key)
                if v and fold(v) not in fold(re.sub(r"<[^>]*>", "", text)).replace("\\\"", '"') and fold(v) not in fold(text):
                    die(f"pandoc: {file}: {key} {v!r} is lost in {text}")
    for file in ("ris.xml", "bib.xml"):
        text = h.unescape(open(f"{work}/{file}", encoding="utf-8").read())
        if text.count("<mods ") != len(csl):
            die(f"bibutils: {file} has {text.count('<mods ')} references, want {len(csl)}")
        for want in csl:
            v = want.get("note")
            if v and fold(v) not in fold(text):
                die(f"bibutils: {file}: the pinpoint {v} is lost")
        if file == "ris.xml" and '<namePart type="given">Working' in text:
            die("bibutils takes a body for a person")
    print("ok: biber, pandoc and bibutils keep titles, bodies, numbers and pinpoints")


def texts():
    holds(open(work + "/md.txt", encoding="utf-8").read(), "the Markdown, read by pandoc,")
    holds(open(work + "/html.txt", encoding="utf-8").read(), "the HTML, read by pandoc,")
    rows = list(csv.DictReader(io.open(work + "/b.csv", encoding="utf-8-sig", newline="")))
    for row, card in zip(rows, cards()):
        if row["quote"] != shown(card):
            die("the CSV, read by Python, has other words")
    print("ok: pandoc and Python read the same words in Markdown, HTML and CSV")


def pdf():
    text = open(work + "/pdf.txt", encoding="utf-8").read()
    for c in cards():
        if fold(shown(c)) not in fold(re.sub(r"\n\d+\n\f", "", text)):
            die(f"pdftotext does not find: {shown(c)}")
    print("ok: qpdf and pdftotext read the PDF")


{"word": word, "ten": ten, "bibliographies": bibliographies, "texts": texts, "pdf": pdf}[what]()
