package verify

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/law"
	"dalel/corpus/names"
	"dalel/search"
)

// references looks for the names, articles and numbers of documents of a draft,
// each once, in the order of the text.
func (s *drafting) references(ctx context.Context) error {
	seen := map[string]bool{}
	var memory law.Memory
	for i := range s.draft.paras {
		parts := []string{s.draft.paras[i].text}
		for _, n := range s.draft.paras[i].notes {
			parts = append(parts, n.text)
		}
		text := strings.Join(parts, "\n")
		code, _ := lang.Detect(text)
		for _, p := range names.Recognise(text) {
			if err := s.one(ctx, seen, KindName, text[p.Start:p.End], p.Name.Nominative()); err != nil {
				return err
			}
		}
		for _, r := range law.Find(text, law.Context{Lang: code, Memory: &memory}) {
			kind, name := KindArticle, r.Key()
			if r.Kind == law.Document {
				kind, name = KindDocument, r.ID
			}
			if r.Kind == law.Instrument {
				continue // "the Criminal Code" alone is no reference to check
			}
			if err := s.one(ctx, seen, kind, text[r.Start:r.End], name); err != nil {
				return err
			}
		}
	}
	return nil
}

// one looks for one reference, unless it was looked for already.
func (s *drafting) one(ctx context.Context, seen map[string]bool, kind Kind, text, name string) error {
	id := string(kind) + " " + strings.ToLower(name)
	if seen[id] || name == "" {
		return nil
	}
	seen[id] = true
	r := Result{N: len(s.out) + 1, Kind: kind, Text: text, Verdict: Absent, Detail: "not in this collection"}
	var err error
	switch kind {
	case KindName:
		err = s.name(ctx, &r, name)
	case KindArticle:
		err = s.article(ctx, &r, name)
	case KindDocument:
		err = s.document(ctx, &r, name)
	default:
	}
	if err == nil {
		s.out = append(s.out, r)
	}
	return err
}

// count searches and counts: the passages, and the first of them.
func (s *drafting) count(ctx context.Context, q string) (n int, best *search.Hit, err error) {
	res, err := s.Search.Search(ctx, search.Request{Query: q, Limit: 1})
	if errors.Is(err, corpus.ErrInvalid) {
		return 0, nil, nil // what cannot be asked for is not found
	}
	if err != nil {
		return 0, nil, err
	}
	if len(res.Passages) > 0 {
		best = &res.Passages[0]
	}
	return res.Hits, best, nil
}

func (r *Result) found(v Verdict, n int, h *search.Hit, what string) {
	r.Verdict, r.Detail = v, fmt.Sprintf("%s in %d passages", what, n)
	r.Doc, r.Page, r.Label = h.Doc.ID, h.Para.Page(), h.Para.Label
}

func (s *drafting) name(ctx context.Context, r *Result, name string) error {
	name = strings.ReplaceAll(name, `"`, "")
	for _, try := range []struct {
		query, what string
		verdict     Verdict
	}{{`name:="` + name + `"`, "this spelling", Found}, {`name:"` + name + `"`, "another spelling or form", Near}} {
		n, best, err := s.count(ctx, try.query)
		if err != nil {
			return err
		}
		if n > 0 {
			r.found(try.verdict, n, best, try.what)
			for _, m := range best.Matches {
				r.Detail += ": " + best.Para.Text[m.Start:m.End]
				break
			}
			return nil
		}
	}
	return nil
}

func (s *drafting) article(ctx context.Context, r *Result, key string) error {
	n, best, err := s.count(ctx, `article:"`+key+`"`)
	if err != nil {
		return err
	}
	if n > 0 {
		r.found(Found, n, best, key)
		return nil
	}
	ref, ok := law.ParseKey(key)
	if !ok || ref.Part+ref.Point+ref.Subpoint == "" {
		return nil
	}
	ref.Part, ref.Point, ref.Subpoint, ref.Paragraph = "", "", "", ""
	if n, best, err = s.count(ctx, `article:"`+ref.Key()+`"`); err == nil && n > 0 {
		r.found(Near, n, best, "the article without the part")
	}
	return err
}

// number takes "No. 931/2022" out of the canonical name of a document.
var numberRE = regexp.MustCompile(`\d+(?:[-/]\d+)+`)

func (s *drafting) document(ctx context.Context, r *Result, id string) error {
	held := s.held(id)
	n, _, err := s.count(ctx, `cites:"`+id+`"`)
	if err != nil {
		return err
	}
	if len(held) == 0 {
		if n > 0 {
			r.Detail = "not in this collection; cited in " + strconv.Itoa(n) + " passages of it"
		}
		return nil
	}
	slices.Sort(held)
	r.Verdict, r.Doc = Found, held[0]
	r.Detail = s.facts[held[0]].Value(corpus.KeyTitle)
	return nil
}

// wgadName is the symbol of an opinion, whose number is told by it.
var wgadName = regexp.MustCompile(`^A/HRC/WGAD/(\d{4})/(\d+)$`)

var russianDate = regexp.MustCompile(`(\d{1,2})\s+(января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\s+(\d{4})`)

var englishDate = regexp.MustCompile(`(\d{1,2})\s+(January|February|March|April|May|June|July|August|September|October|November|December)\s+(\d{4})`)

var kazakhDate = regexp.MustCompile(`(\d{4})\s+жыл\pL*\s+(\d{1,2})\s+(қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)`)

var numericDate = regexp.MustCompile(`\b(\d{2})\.(\d{2})\.(\d{4})\b`)

var monthNames = []string{
	"января January қаңтар", "февраля February ақпан", "марта March наурыз", "апреля April сәуір", "мая May мамыр", "июня June маусым",
	"июля July шілде", "августа August тамыз", "сентября September қыркүйек", "октября October қазан", "ноября November қараша", "декабря December желтоқсан",
}

// datesIn returns the dates of a citation as facts have them: 2023-03-16.
func datesIn(s string) []string {
	var out []string
	add := func(year, month, day string) {
		for i, names := range monthNames {
			if slices.Contains(strings.Fields(names), month) {
				month = fmt.Sprintf("%02d", i+1)
			}
		}
		if len(day) == 1 {
			day = "0" + day
		}
		out = append(out, year+"-"+month+"-"+day)
	}
	for _, re := range []*regexp.Regexp{russianDate, englishDate} {
		for _, m := range re.FindAllStringSubmatch(s, -1) {
			add(m[3], m[2], m[1])
		}
	}
	for _, m := range kazakhDate.FindAllStringSubmatch(s, -1) {
		add(m[1], m[3], m[2])
	}
	for _, m := range numericDate.FindAllStringSubmatch(s, -1) {
		add(m[3], m[2], m[1])
	}
	return out
}
