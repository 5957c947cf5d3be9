package ui_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/verify"
	"dalel/ui"
)

// fake is a library and a searcher in memory, made of invented documents. Its
// search is naive: a word matches what begins with its first five letters.
type fake struct {
	docs      []*corpus.Document
	unread    int
	corrected []string // what Correct was told, in order
	fail      error    // returned by every call
	asked     []search.Request
	asking    sync.Mutex        // guards asked
	answer    *search.Result    // given instead of searching
	files     map[string][]byte // of the user's
	exported  []string          // formats and reasons
	list      string            // the list that it keeps; of four rows where none is given
	report    *verify.Report    // given by Check
	versions  map[corpus.ID][]search.Version
}

// specimens returns a library of invented documents.
func specimens() *fake {
	return &fake{docs: []*corpus.Document{opinion(), verdict(), submission(), news(), mirror()}, unread: 2}
}

func id(n int) corpus.ID { return corpus.ID(fmt.Sprintf("%08x%056x", 0x1b1e44d0+n*0x11213141, n)) }

func fact(origin corpus.Origin, para int, values ...string) corpus.Fact {
	return corpus.Fact{Values: values, Origin: origin, Para: para}
}

func source(path string) []corpus.Source {
	return []corpus.Source{{Path: path, Added: time.Date(2026, 9, 14, 9, 0, 0, 0, time.UTC)}}
}

// text numbers paragraphs and puts so many of them on a page.
func text(perPage int, paras ...corpus.Paragraph) *corpus.Text {
	t := &corpus.Text{Extractor: "pdftext@1", Paragraphs: paras}
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		p.Ord = i + 1
		if p.Role == "" {
			p.Role = corpus.RoleBody
		}
		if p.Role == corpus.RoleBody {
			if label, _, ok := strings.Cut(p.Text, ". "); ok && len(label) < 5 && unicode.IsDigit(rune(label[0])) {
				p.Label = label
			}
		}
		if perPage > 0 && p.Pages == nil {
			p.Pages = []corpus.PageSpan{{Page: i/perPage + 1}}
		}
	}
	if perPage > 0 {
		for n := range (len(paras)-1)/perPage + 1 {
			t.Pages = append(t.Pages, corpus.Page{No: n + 1, Status: corpus.PageOK, Score: 0.97, Extractor: "pdftext@1"})
		}
	}
	return t
}

func opinion() *corpus.Document {
	var paras []corpus.Paragraph
	add := func(role corpus.Role, v corpus.Voice, s corpus.SectionKind, txt string) {
		paras = append(paras, corpus.Paragraph{Role: role, Voice: v, Section: s, Lang: "en", Text: txt})
	}
	add(corpus.RoleHeading, "", "", "Opinion No. 931/2022 concerning Dauletiyar Konyrtauov (Kazakhstan)")
	add("", "", "", "1. The Working Group on Arbitrary Detention was established in resolution 1991/42 of the Commission on Human Rights. SPECIMEN: every person and case in this document is invented.")
	add(corpus.RoleHeading, "", "", "Submissions")
	add(corpus.RoleHeading, corpus.VoiceSource, "", "Communication from the source")
	for n := 2; n <= 9; n++ {
		add("", corpus.VoiceSource, corpus.SectionFacts, strconv.Itoa(n)+". According to the source, the charge under article 405 (2) of the Criminal Code was brought against Mr. Konyrtauov solely for a repost, and the authorities did not say how his taking part in an association threatened anyone.")
	}
	add(corpus.RoleHeading, corpus.VoiceGovernment, "", "Response from the Government")
	for n := 10; n <= 13; n++ {
		add("", corpus.VoiceGovernment, corpus.SectionFacts, strconv.Itoa(n)+". The Government submits that the activities of the organization were prohibited by a court and that Mr. Konyrtauov knew of the decision.")
	}
	add(corpus.RoleHeading, corpus.VoiceBody, "", "Discussion")
	add("", corpus.VoiceBody, corpus.SectionReasoning, "14. The Working Group recalls that vaguely and broadly worded provisions, which cannot qualify as lex certa, violate the principle of legality.")
	add("", corpus.VoiceBody, corpus.SectionReasoning, "15. The Working Group finds that article 405 of the Criminal Code, under which Mr. Konyrtauov was convicted, is so broadly worded that it punishes the mere exercise of the right to freedom of association guaranteed by article 22 of the Covenant. It notes that the Government has named no act of violence, no call to violence and no member of the association who was ever charged with either, and that the only evidence before the court was a repost of a video recording which had been seen by forty-one persons before it was taken down by the applicant himself. "+strings.Repeat("The court did not examine whether the restriction was necessary in a democratic society, nor whether a lesser measure would have served the aim that the Government invokes. ", 5)+"The deprivation of liberty of Mr. Konyrtauov therefore falls within category II, since freedom of association was the reason for his detention.")
	add("", corpus.VoiceBody, corpus.SectionReasoning, "(a) His arrest lacked a warrant;")
	add("", corpus.VoiceBody, corpus.SectionReasoning, "(b) He was brought before a judge after 71 hours.")
	paras[len(paras)-1].Under, paras[len(paras)-2].Under = len(paras)-2, len(paras)-2
	add(corpus.RoleFootnote, "", "", "34 Human Rights Committee, general comment No. 35 (2014), para. 17.")
	add(corpus.RoleFootnote, "", "", "35 See also opinion No. 930/2021, para. 61.")
	add(corpus.RoleHeading, corpus.VoiceBody, "", "Disposition")
	add("", corpus.VoiceBody, corpus.SectionOperative, "16. In the light of the foregoing, the Working Group renders the following opinion: the deprivation of liberty of Dauletiyar Konyrtauov, being in contravention of articles 9 and 20 of the Universal Declaration of Human Rights, is arbitrary and falls within categories I and II.")
	for i := range paras {
		if paras[i].Role == corpus.RoleBody && i > 2 {
			paras[i].Path = []string{"Submissions"}
		}
		if paras[i].Role == corpus.RoleHeading && (paras[i].Voice == corpus.VoiceSource || paras[i].Voice == corpus.VoiceGovernment) {
			paras[i].Path = []string{"Submissions"}
		}
	}
	paras = slices.Insert(paras, 8, corpus.Paragraph{Role: corpus.RoleHeader, Lang: "en", Text: "A/HRC/WGAD/2022/931"})
	for i := range paras {
		if paras[i].Under != 0 {
			paras[i].Under++
		}
	}
	t := text(8, paras...)
	t.Pages[1].Status, t.Pages[1].Warnings = corpus.PageDoubtful, []string{"large image, few words"}
	t.Pages = append(t.Pages, corpus.Page{No: len(t.Pages) + 1, Status: corpus.PageUnread, Warnings: []string{"a scan; no OCR installed"}})
	p := &t.Paragraphs[20]
	p.Pages = []corpus.PageSpan{{Page: 3}, {Page: 4, Start: strings.Index(p.Text, "It notes")}}
	for i := 21; i < len(paras); i++ {
		t.Paragraphs[i].Pages = []corpus.PageSpan{{Page: 4}}
	}
	return &corpus.Document{
		ID: id(0), Size: 214_332, MediaType: "application/pdf", Work: "w931", Text: t, Sources: source("wgad/A_HRC_WGAD_2022_931.pdf"),
		Read: corpus.Facts{
			corpus.KeyKind: fact(corpus.FromText, 1, "wgad_opinion"), corpus.KeyTitle: fact(corpus.FromText, 1, "Opinion No. 931/2022 concerning Dauletiyar Konyrtauov (Kazakhstan)"),
			corpus.KeySymbol: fact(corpus.FromText, 2, "A/HRC/WGAD/2022/931"), corpus.KeyDate: fact(corpus.FromText, 2, "2022-08-30"),
			corpus.KeyBody: fact(corpus.FromText, 2, "Working Group on Arbitrary Detention"), corpus.KeyCountry: fact(corpus.FromText, 1, "KZ"),
			corpus.KeyLang: fact(corpus.FromText, 0, "en"), corpus.KeyCategory: fact(corpus.FromText, 21, "I", "II"), corpus.KeyFolder: fact(corpus.FromFile, 0, "wgad"),
		},
		Corrected: corpus.Facts{corpus.KeyTag: fact(corpus.FromPerson, 0, "cassation")},
	}
}

func verdict() *corpus.Document {
	paras := []corpus.Paragraph{
		{Role: corpus.RoleHeading, Lang: "kk", Text: "ҮКІМ"},
		{Lang: "kk", Voice: corpus.VoiceCourt, Section: corpus.SectionFacts, Text: "Алматы қаласы № 2 аудандық соты ашық сот отырысында Д. Қоңыртауовтың ісін қарап, мынаны АНЫҚТАДЫ. SPECIMEN: барлық адам мен іс ойдан шығарылған."},
		{Lang: "kk", Voice: corpus.VoiceDefence, Section: corpus.SectionReasoning, Text: "Қорғаушы айыпталушының әрекеті бірлесу бостандығын жүзеге асыру екенін, азаптау арқылы алынған дәлелдеменің іске жарамайтынын айтты."},
		{Lang: "kk", Voice: corpus.VoiceCourt, Section: corpus.SectionReasoning, Text: "Сот Қоңыртауовтың ҚР ҚК 405-бабының 2-бөлігі бойынша кінәсін дәлелденген деп таныды; қорғаушының бірлесу бостандығы туралы уәжін негізсіз деп тапты."},
		{Lang: "kk", Section: corpus.SectionOperative, Text: "Қоңыртауов Дәулетияр Серікұлы 405-баптың 2-бөлігі бойынша кінәлі деп танылсын."},
	}
	return &corpus.Document{
		ID: id(1), Size: 88_100, MediaType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Work: "w118", Text: text(2, paras...), Sources: source("сот/үкім 118.docx"),
		Read: corpus.Facts{
			corpus.KeyKind: fact(corpus.FromText, 1, "verdict"), corpus.KeyTitle: fact(corpus.FromText, 2, "Алматы қаласы № 2 аудандық сотының үкімі"),
			corpus.KeyDate: fact(corpus.FromText, 2, "2021-05-14"), corpus.KeyCourt: fact(corpus.FromText, 2, "Алматы қ. № 2 аудандық соты"),
			corpus.KeyCase: fact(corpus.FromText, 2, "7520-21-00-1/118"), corpus.KeyCountry: fact(corpus.FromText, 2, "KZ"), corpus.KeyLang: fact(corpus.FromText, 0, "kk"),
			corpus.KeyStatus: fact(corpus.FromTable, 0, "appealed"), corpus.KeyFolder: fact(corpus.FromFile, 0, "сот"),
		},
		Corrected: corpus.Facts{corpus.KeyDate: fact(corpus.FromPerson, 0, "2021-05-17")},
	}
}

func submission() *corpus.Document {
	paras := []corpus.Paragraph{
		{Role: corpus.RoleHeading, Lang: "en", Text: "Joint submission to the Universal Periodic Review of Kazakhstan"},
		{Lang: "en", Voice: corpus.VoiceAuthor, Text: "2.6. SPECIMEN. Freedom of association is restricted by law and by practice."},
		{Lang: "en", Voice: corpus.VoiceAuthor, Text: "2.7. Dauletiyar Konyrtauov, convicted under Article 405(2) for a repost, cannot open a bank account or receive his pension."},
	}
	return &corpus.Document{
		ID: id(2), Size: 41_000, MediaType: "application/pdf", Work: "wupr", Text: text(2, paras...), Sources: source("upr/submission.pdf"),
		Read: corpus.Facts{
			corpus.KeyKind: fact(corpus.FromText, 1, "submission"), corpus.KeyTitle: fact(corpus.FromText, 1, "Joint submission to the Universal Periodic Review of Kazakhstan"),
			corpus.KeyDate: fact(corpus.FromText, 1, "2023-10"), corpus.KeyBody: fact(corpus.FromText, 1, "OpenQalam coalition"), corpus.KeyLang: fact(corpus.FromText, 0, "en"),
			corpus.KeyCountry: fact(corpus.FromText, 1, "KZ"), corpus.KeyFolder: fact(corpus.FromFile, 0, "upr"),
		},
	}
}

func article(n int, title, folder string) *corpus.Document {
	paras := []corpus.Paragraph{
		{Role: corpus.RoleHeading, Lang: "ru", Text: title},
		{Lang: "ru", Voice: corpus.VoiceAuthor, Text: "SPECIMEN. Суд в Алматы признал активиста Даулетияра Коныртауова виновным по части 2 статьи 405 Уголовного кодекса. По словам защиты, свобода объединений гарантирована Конституцией."},
		{Lang: "ru", Text: "Коныртауову запретили общественную деятельность на два года."},
	}
	return &corpus.Document{
		ID: id(n), Size: 9_100, MediaType: "text/html", Work: "wnews", Text: text(0, paras...), Sources: source(folder + "/news.html"),
		Read: corpus.Facts{
			corpus.KeyKind: fact(corpus.FromText, 1, "news"), corpus.KeyTitle: fact(corpus.FromText, 1, title),
			corpus.KeyDate: fact(corpus.FromFile, 0, "2021-05-18"), corpus.KeyLang: fact(corpus.FromText, 0, "ru"), corpus.KeyFolder: fact(corpus.FromFile, 0, folder),
		},
	}
}

func news() *corpus.Document {
	return article(3, "В Алматы осудили активиста за репост", "news")
}

func mirror() *corpus.Document {
	return article(4, "За репост осуждён активист", "mirror")
}

// long is a document of many numbered paragraphs.
func long(n int) *corpus.Document {
	var paras []corpus.Paragraph
	for i := range n {
		paras = append(paras, corpus.Paragraph{Lang: "en", Text: fmt.Sprintf("%d. SPECIMEN paragraph about a witness and a court, number %d.", i+1, i+1)})
	}
	return &corpus.Document{ID: id(9), Text: text(12, paras...), Sources: source("long.txt"), Read: corpus.Facts{corpus.KeyTitle: fact(corpus.FromFile, 0, "A long record")}}
}

func facts(d *corpus.Document) *corpus.Document {
	c := *d
	c.Text = nil
	return &c
}

func (f *fake) Document(_ context.Context, prefix string) (*corpus.Document, error) {
	if f.fail != nil {
		return nil, f.fail
	}
	var found *corpus.Document
	for _, d := range f.docs {
		if strings.HasPrefix(string(d.ID), prefix) {
			if found != nil {
				return nil, &corpus.Error{Op: "fake", Subj: prefix, Kind: corpus.ErrInvalid}
			}
			c := *d
			found = &c
		}
	}
	if found == nil {
		return nil, &corpus.Error{Op: "fake", Subj: prefix, Kind: corpus.ErrNotFound}
	}
	return found, nil
}

type original struct{ *bytes.Reader }

func (original) Close() error { return nil }

func (f *fake) Original(context.Context, corpus.ID) (io.ReadSeekCloser, error) {
	return original{bytes.NewReader([]byte("<script>alert(1)</script>"))}, f.fail
}

func (f *fake) Correct(_ context.Context, id corpus.ID, k corpus.Key, values []string) error {
	f.corrected = append(f.corrected, fmt.Sprintf("%s %s %q %t", id.Short(), k, values, values == nil))
	return f.fail
}

func (f *fake) Stats(context.Context) (ui.Stats, error) {
	if f.fail != nil {
		return ui.Stats{}, f.fail
	}
	st := ui.Stats{Documents: len(f.docs)}
	works, kinds, langs := map[string]bool{}, map[string]int{}, map[string]int{}
	for _, d := range f.docs {
		st.Recent = append(st.Recent, facts(d))
		st.LastAdded = d.Sources[0].Added
		works[d.Work] = true
		kinds[string(d.Kind())]++
		langs[d.Value(corpus.KeyLang)]++
		st.Paragraphs += len(d.Text.Paragraphs)
		st.Pages += len(d.Text.Pages)
		unread, doubtful := d.Text.Unread()
		st.Unread, st.Doubtful = st.Unread+unread, st.Doubtful+doubtful
		gap := ui.Gap{Doc: facts(d), Pages: len(d.Text.Pages)}
		for _, p := range d.Text.Pages {
			switch p.Status {
			case corpus.PageUnread:
				gap.Unread = append(gap.Unread, p.No)
			case corpus.PageDoubtful:
				gap.Doubtful = append(gap.Doubtful, p.No)
			case corpus.PageOK:
			}
		}
		if unread+doubtful > 0 {
			st.Gaps = append(st.Gaps, gap)
		}
	}
	st.Works, st.Kinds, st.Languages = len(works), counted(kinds), counted(langs)
	return st, nil
}

func counted(m map[string]int) []ui.Count {
	var out []ui.Count
	for v, n := range m {
		out = append(out, ui.Count{Value: v, N: n})
	}
	slices.SortFunc(out, func(a, b ui.Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Value, b.Value))
	})
	return out
}

func (f *fake) Search(_ context.Context, r search.Request) (*search.Result, error) {
	f.asking.Lock()
	f.asked = append(f.asked, r)
	f.asking.Unlock()
	if f.fail != nil {
		return nil, f.fail
	}
	if f.answer != nil {
		return f.answer, nil
	}
	res := &search.Result{Query: r.Query, Unread: f.unread, Rank: r.Offset + 1, Took: 4 * time.Millisecond}
	counts, works := map[corpus.Key]map[string]int{}, map[string]bool{}
	for _, d := range f.docs {
		if !passes(d, r.Filter) {
			continue
		}
		g := search.Group{Doc: facts(d)}
		for _, p := range d.Text.Paragraphs {
			if m := find(&p, r.Query); m != nil && p.Role != corpus.RoleHeader {
				h := search.Hit{Doc: g.Doc, Text: d.Text.Hash(), Para: p, Matches: m, Score: float64(len(m))}
				g.Best = append(g.Best, h)
				res.Passages = append(res.Passages, h)
			}
		}
		if len(g.Best) == 0 {
			continue
		}
		g.Hits = len(g.Best)
		slices.SortStableFunc(g.Best, func(a, b search.Hit) int { return cmp.Compare(b.Score, a.Score) })
		g.Best = g.Best[:min(3, len(g.Best))]
		res.Hits, res.Docs = res.Hits+g.Hits, res.Docs+1
		res.Groups = append(res.Groups, g)
		if !works[d.Work] {
			works[d.Work] = true
			res.Works++
			count(counts, d)
		}
	}
	if r.Facets {
		res.Facets = facetsOf(counts)
	}
	if len(res.Groups) > 0 && r.Group && strings.Contains(r.Query, "405") {
		res.DocsApart, res.Apart = 1, []corpus.ID{id(2)}
		res.Notes = []search.Note{
			{Kind: search.NoteRef, Text: "405", Value: "KZ-UK/405", Query: strings.ReplaceAll(r.Query, "405", "=405")},
			{Kind: search.NoteName, Text: "Konyrtauov", Value: "Коныртауов, Қоңыртауов, Konyrtauov", Query: r.Query + " "},
		}
	}
	if r.Group {
		res.Passages = nil
	}
	return res, nil
}

func passes(d *corpus.Document, f search.Filter) bool {
	if len(f.Docs) > 0 && !slices.Contains(f.Docs, d.ID) {
		return false
	}
	for k, wanted := range f.Facts {
		if !slices.ContainsFunc(d.Values(k), func(v string) bool { return slices.Contains(wanted, v) }) {
			return false
		}
	}
	lo, _ := f.From.Days()
	_, hi := f.To.Days()
	first, last := d.Date().Days()
	return (lo == 0 || last >= lo) && (hi == 0 || first != 0 && first <= hi)
}

func count(counts map[corpus.Key]map[string]int, d *corpus.Document) {
	add := func(k corpus.Key, v string) {
		if counts[k] == nil {
			counts[k] = map[string]int{}
		}
		counts[k][v]++
	}
	for _, k := range []corpus.Key{corpus.KeyKind, corpus.KeyLang, corpus.KeyCountry, corpus.KeyBody, corpus.KeyCourt, corpus.KeyFolder, corpus.KeyCategory, corpus.KeyStatus, corpus.KeyTag} {
		for _, v := range d.Values(k) {
			add(k, v)
		}
	}
	add("year", strconv.Itoa(d.Date().Year()))
	for _, p := range d.Text.Paragraphs {
		if p.Voice != "" && counts["voice"][string(p.Voice)] == 0 {
			add("voice", string(p.Voice))
		}
	}
}

func facetsOf(counts map[corpus.Key]map[string]int) []search.Facet {
	var out []search.Facet
	for k, m := range counts {
		f := search.Facet{Key: k}
		for _, c := range counted(m) {
			f.Values = append(f.Values, search.FacetValue{Value: c.Value, Works: c.N})
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b search.Facet) int { return strings.Compare(string(a.Key), string(b.Key)) })
	return out
}

// find finds the words of a query in a paragraph. A query for a mark alone
// finds the paragraphs that have it.
func find(p *corpus.Paragraph, q string) []search.Match {
	switch {
	case q == `voice:"`+string(p.Voice)+`"`, q == `in:"`+string(p.Section)+`"`:
		return []search.Match{{Why: search.WhyExact}}
	case strings.HasPrefix(q, `voice:"`), strings.HasPrefix(q, `in:"`):
		return nil
	}
	return matches(p.Text, q)
}

// matches finds the words of a query in a text, all of them or nothing.
func matches(txt, query string) []search.Match {
	var out []search.Match
	for word := range strings.FieldsSeq(strings.ToLower(query)) {
		stem := []rune(strings.Trim(strings.TrimPrefix(word, "name:"), `"«»`))
		stem = stem[:min(5, len(stem))]
		found := false
		for at := 0; ; {
			i := strings.Index(strings.ToLower(txt[at:]), string(stem))
			if i < 0 || len(stem) == 0 {
				break
			}
			start, end := at+i, at+i
			for _, r := range txt[start:] {
				if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
					break
				}
				end += len(string(r))
			}
			at = max(end, start+1)
			if end <= start {
				continue
			}
			why := search.WhyStem
			switch {
			case strings.EqualFold(txt[start:end], word):
				why = search.WhyExact
			case unicode.IsUpper([]rune(txt[start:end])[0]):
				why = search.WhyName
			}
			if word == "405" {
				why = search.WhyArticle
			}
			out = append(out, search.Match{Start: start, End: end, Term: word, Why: why})
			found = true
		}
		if !found {
			return nil
		}
	}
	return out
}
