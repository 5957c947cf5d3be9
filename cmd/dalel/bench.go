package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
	"dalel/search/matrix"
)

var benchCmd = command{
	name:  "bench",
	args:  "-corpus FILE -queries FILE -n N [-json]",
	short: "Measure speed and size on a corpus of paragraphs",
	long: `
The corpus is tab-separated, a paragraph a line: paragraph, document, kind, language,
country, court, year, date (yyyymmdd), outcome, articles|, names|, title, text. Queries
are class TAB query [TAB from TAB to]. Both are plain files, unpacked. An index of the
first N paragraphs is made in a temporary folder and thrown away.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		b := bench{}
		fs.StringVar(&b.corpus, "corpus", "", "paragraphs")
		fs.StringVar(&b.queries, "queries", "", "queries by class")
		fs.IntVar(&b.n, "n", 20_000, "paragraphs to index")
		fs.IntVar(&b.rounds, "rounds", 5, "times each query is asked, after one to warm up")
		fs.BoolVar(&b.json, "json", false, "one JSON object a line")
		fs.StringVar(&b.engine, "engine", "postings", "postings, or bleve to compare with")
		fs.BoolVar(&b.full, "full", false, "ask as a reader does: with legal terms in other languages, and words read as names and references")
		fs.StringVar(&b.list, "list", "", "look up this list of names too, as dalel batch does")
		fs.StringVar(&b.only, "only", "", "this class of queries alone")
		fs.BoolVar(&b.hostile, "hostile", false, "ask queries that are made to be slow, of the commonest words, and say what each costs")
		fs.StringVar(&b.keep, "index", "", "keep the index in this `folder`, or use the one that is there")
		fs.StringVar(&b.profile, "profile", "", "write profiles to `FILE`.index and FILE.query, and of what is allocated to the same with .allocs")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 0 || b.corpus == "" || b.queries == "" || b.n < 1 || b.rounds < 1 || b.engine != "postings" && b.engine != "bleve" {
				fs.Usage()
				return errUsage
			}
			b.env = e
			return b.run(ctx)
		}
	},
}

// bench is one measurement.
type bench struct {
	*env
	corpus, queries string
	n, rounds       int
	json            bool
	engine          string
	only            string // a class; "" for all
	list            string // file of names; "" for none
	keep            string // folder of the index; "" for a temporary one
	profile         string // file; "" for none
	full            bool   // ask as a reader does
	hostile         bool   // ask queries that are made to be slow
	raw             int64  // bytes of text indexed
}

// indexJSON is the line about indexing.
type indexJSON struct {
	Paragraphs  int     `json:"paragraphs"`
	MB          float64 `json:"mb"` // of text
	Seconds     float64 `json:"seconds"`
	CPUSeconds  float64 `json:"cpu_seconds"`
	MBPerCPU    float64 `json:"mb_per_cpu_second"`
	EngineRatio float64 `json:"engine_over_text"`
	StoreRatio  float64 `json:"forward_over_text"` // with the full text
	PeakMB      float64 `json:"peak_mb"`
	OpenSeconds float64 `json:"open_to_first_answer_seconds"`
}

// classJSON is the line about a class of queries. Times are milliseconds.
type classJSON struct {
	Class   string  `json:"class"`
	Queries int     `json:"queries"`
	Hits    float64 `json:"hits"` // mean
	P50     float64 `json:"p50_ms"`
	P95     float64 `json:"p95_ms"`
	CPU     float64 `json:"cpu_ms"` // a query
}

// listJSON is the line about a list of names.
type listJSON struct {
	Rows       int     `json:"rows"`
	Found      int     `json:"found"` // rows with a passage
	Passages   int     `json:"passages"`
	Seconds    float64 `json:"seconds"`
	CPUSeconds float64 `json:"cpu_seconds"`
}

func (b *bench) run(ctx context.Context) (err error) {
	queries, err := readQueries(b.queries)
	if err != nil {
		return err
	}
	dir := b.keep
	if dir == "" {
		if dir, err = os.MkdirTemp("", "dalel-bench-*"); err != nil {
			return err
		}
		defer os.RemoveAll(dir) //nolint:errcheck // what stays is in the system's temporary folder
	}
	index, line, err := b.open(ctx, dir)
	if err != nil {
		return err
	}
	defer closing(index, &err)
	engine := &search.Engine{Index: index.Index(), Forward: index.Forward(), Clock: b.clock}
	first := b.clock()
	if _, err := engine.Search(ctx, queries[0].request(b.full)); err != nil {
		return fmt.Errorf("%s %q: %w", queries[0].class, queries[0].text, err)
	}
	line.OpenSeconds += b.clock().Sub(first).Seconds()
	if err := b.print(line); err != nil {
		return err
	}
	stop, err := b.profiling("query")
	if err != nil {
		return err
	}
	defer stop()
	if b.hostile {
		return b.askHostile(ctx, engine)
	}
	return b.ask(ctx, engine, queries)
}

// ask looks a list up, if one was given, and asks the queries class by class.
func (b *bench) ask(ctx context.Context, engine *search.Engine, queries []benchQuery) error {
	if b.list != "" {
		line, err := b.lookUp(ctx, engine)
		if err != nil {
			return err
		}
		if err := b.print(line); err != nil {
			return err
		}
	}
	for class := range slices.Values(classes(queries)) {
		if b.only != "" && class != b.only {
			continue
		}
		line, err := b.measure(ctx, engine, class, queries)
		if err != nil {
			return err
		}
		if err := b.print(line); err != nil {
			return err
		}
	}
	return nil
}

// open makes the index, or opens the one that a run before has kept, and says
// what that took. What is measured of the first answer begins with opening.
func (b *bench) open(ctx context.Context, dir string) (index *indexer.Scratch, line indexJSON, err error) {
	if _, err := os.Stat(filepath.Join(dir, "engine")); err != nil {
		stop, err := b.profiling("index")
		if err != nil {
			return nil, line, err
		}
		start, cpu := b.clock(), cpuTime()
		index, err = indexer.NewScratch(ctx, dir, b.documents(), b.chosen())
		stop()
		if err != nil {
			return nil, line, err
		}
		line = indexJSON{Paragraphs: b.n, MB: mega(b.raw), Seconds: b.clock().Sub(start).Seconds(), CPUSeconds: (cpuTime() - cpu).Seconds()}
		line.MBPerCPU = line.MB / line.CPUSeconds
		line.EngineRatio = float64(folderSize(filepath.Join(dir, "engine"))) / float64(b.raw)
		line.StoreRatio = float64(folderSize(filepath.Join(dir, "forward"))) / float64(b.raw)
		line.PeakMB = peakMB()
		if err := index.Close(); err != nil {
			return nil, line, err
		}
	}
	start := b.clock()
	index, err = indexer.OpenScratch(dir, b.chosen())
	line.OpenSeconds = b.clock().Sub(start).Seconds()
	return index, line, err
}

// chosen are the options with the engine that is measured.
func (b *bench) chosen() indexer.Options {
	opt := b.options()
	if b.engine == "bleve" {
		opt.Engine, opt.Create, opt.Open = b.engine, createBleve, openBleve
	}
	return opt
}

// profiling begins profiles, if they were asked for.
func (b *bench) profiling(of string) (stop func(), err error) {
	if b.profile == "" {
		return func() {}, nil
	}
	f, err := os.Create(b.profile + "." + of)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close() // a profile that is cut short shows itself
		if f, err := os.Create(b.profile + "." + of + ".allocs"); err == nil {
			_ = pprof.Lookup("allocs").WriteTo(f, 0)
			_ = f.Close()
		}
	}, nil
}

func (b *bench) print(line any) error {
	if b.json {
		return jsonLines(b.stdout).Encode(line)
	}
	var err error
	switch l := line.(type) {
	case indexJSON:
		_, err = fmt.Fprintf(b.stdout, "indexed %d paragraphs, %.1f MB, in %.1f s (%.1f CPU s, %.2f MB a CPU second); engine %.2f, forward store with full text %.2f of the text; peak memory %.0f MB; first answer %.2f s\n%-10s %8s %9s %9s %9s\n",
			l.Paragraphs, l.MB, l.Seconds, l.CPUSeconds, l.MBPerCPU, l.EngineRatio, l.StoreRatio, l.PeakMB, l.OpenSeconds, "class", "hits", "p50 ms", "p95 ms", "CPU ms")
	case listJSON:
		_, err = fmt.Fprintf(b.stdout, "list of %d names: %d found, in %d passages, in %.1f s (%.1f CPU s)\n", l.Rows, l.Found, l.Passages, l.Seconds, l.CPUSeconds)
	case hostileJSON:
		_, err = fmt.Fprintf(b.stdout, "%-42s %-8s %8d hits %7.0f ms %7.0f ms CPU %5.0f MB\n", l.Query, l.Outcome, l.Hits, l.Wall, l.CPU, l.PeakMB)
	case classJSON:
		_, err = fmt.Fprintf(b.stdout, "%-10s %8.0f %9.3f %9.3f %9.3f\n", l.Class, l.Hits, l.P50, l.P95, l.CPU)
	}
	return err
}

// documents yields the first n paragraphs, gathered into their documents.
// Paragraphs of a document stand together.
func (b *bench) documents() iter.Seq2[*corpus.Document, error] {
	return func(yield func(*corpus.Document, error) bool) {
		f, err := os.Open(b.corpus)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(make([]byte, 1<<20), maxLine)
		var doc *corpus.Document
		name := ""
		for n := 0; n < b.n && lines.Scan(); n++ {
			cells := strings.Split(lines.Text(), "\t")
			if len(cells) < 13 {
				yield(nil, &corpus.Error{Op: "bench", Subj: b.corpus, Kind: corpus.ErrInvalid, Err: fmt.Errorf("line %d has %d columns, want 13", n+1, len(cells))})
				return
			}
			if doc == nil || cells[1] != name {
				if doc != nil && !yield(doc, nil) {
					return
				}
				doc, name = benchDocument(cells), cells[1]
			}
			b.raw += int64(len(cells[12]))
			paras := &doc.Text.Paragraphs
			*paras = append(*paras, corpus.Paragraph{Ord: len(*paras) + 1, Role: corpus.RoleBody, Lang: cells[3], Text: cells[12]})
		}
		if err := lines.Err(); err != nil {
			yield(nil, err)
			return
		}
		if doc != nil {
			yield(doc, nil)
		}
	}
}

func benchDocument(cells []string) *corpus.Document {
	id, _, _ := corpus.NewID(strings.NewReader(cells[1])) // a string is never unreadable
	d := &corpus.Document{ID: id, Read: corpus.Facts{}, Text: &corpus.Text{Extractor: "bench@1"}, Sources: []corpus.Source{{Path: cells[1]}}}
	date := cells[7]
	if len(date) == 8 {
		date = date[:4] + "-" + date[4:6] + "-" + date[6:]
	}
	for k, v := range map[corpus.Key]string{
		corpus.KeyKind: cells[2], corpus.KeyLang: cells[3], corpus.KeyCountry: cells[4], corpus.KeyCourt: cells[5],
		corpus.KeyDate: date, corpus.KeyStatus: cells[8], corpus.KeyTitle: cells[11],
	} {
		if v != "" {
			d.Read[k] = corpus.Fact{Values: []string{v}, Origin: corpus.FromTable}
		}
	}
	return d
}

// benchQuery is a line of the queries.
type benchQuery struct {
	class, text string
	from, to    corpus.Date
}

func readQueries(path string) ([]benchQuery, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var all []benchQuery
	for line := range strings.Lines(string(raw)) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(cells) < 2 {
			continue
		}
		q := benchQuery{class: cells[0], text: cells[1]}
		if len(cells) >= 4 {
			q.from, q.to = isoDay(cells[2]), isoDay(cells[3])
		}
		all = append(all, q)
	}
	if len(all) == 0 {
		return nil, &corpus.Error{Op: "bench", Subj: path, Kind: corpus.ErrInvalid, Err: errors.New("no queries")}
	}
	return all, nil
}

func isoDay(s string) corpus.Date {
	if len(s) != 8 {
		return corpus.Date(s)
	}
	return corpus.Date(s[:4] + "-" + s[4:6] + "-" + s[6:])
}

// request asks what the class means: the numbers of the twenty best passages, or
// of documents with six facets. Classes in whose name is hl ask for the texts of
// twenty passages too, and what is to be highlighted in them. Unless full, words
// are words alone, as they are to the engines beside which this one is put.
func (q *benchQuery) request(full bool) search.Request {
	r := search.Request{
		Query: q.text, Limit: 20, Filter: search.Filter{From: q.from, To: q.to},
		Best: 1, Bare: !strings.Contains(q.class, "hl"),
	}
	switch {
	case strings.HasPrefix(q.class, "or"):
		r.Any = true
	case strings.HasPrefix(q.class, "phrase"):
		r.Query = `"` + q.text + `"`
	case q.class == "prefix":
		r.Query = q.text + "*"
	case q.class == "fuzzy1", q.class == "fuzzy2":
		r.Query = q.text + "~" + q.class[5:]
	case strings.HasPrefix(q.class, "person"):
		r.Query = search.NameQuery(q.text)
	case q.class == "name":
		r.Query = `name:="` + q.text + `"`
	case q.class == "facet", q.class == "facet_hl":
		r.Group, r.Facets = true, true
	}
	if !full && !r.Any {
		r.Query += " terms:off as:words"
	}
	return r
}

func classes(queries []benchQuery) []string {
	var all []string
	for _, q := range queries {
		if !slices.Contains(all, q.class) {
			all = append(all, q.class)
		}
	}
	return all
}

// listedPassages is how many passages of a name a list shows, as in dalel batch.
const listedPassages = 20

// lookUp looks a list of names up.
func (b *bench) lookUp(ctx context.Context, engine *search.Engine) (line listJSON, err error) {
	list, err := readList(b.list, matrix.Name)
	if err != nil {
		return line, err
	}
	run := matrix.Run{Search: engine, Limit: listedPassages}
	start, cpu := b.clock(), cpuTime()
	err = run.Each(ctx, list, list.Rows, func(a *matrix.Answer) error {
		line.Rows++
		line.Passages += a.Hits
		line.Found += min(a.Hits, 1)
		return nil
	})
	line.Seconds, line.CPUSeconds = b.clock().Sub(start).Seconds(), (cpuTime() - cpu).Seconds()
	return line, err
}

// measure asks every query of a class some times.
func (b *bench) measure(ctx context.Context, engine *search.Engine, class string, queries []benchQuery) (classJSON, error) {
	line := classJSON{Class: class}
	var times []time.Duration
	var cpu time.Duration
	for round := range b.rounds + 1 { // the first warms up
		before := cpuTime()
		for _, q := range queries {
			if q.class != class {
				continue
			}
			start := b.clock()
			res, err := engine.Search(ctx, q.request(b.full))
			if err != nil {
				return line, fmt.Errorf("%s %q: %w", class, q.text, err)
			}
			if round > 0 {
				times = append(times, b.clock().Sub(start))
				line.Hits += float64(res.Hits)
			}
		}
		if round > 0 {
			cpu += cpuTime() - before
		}
	}
	slices.SortFunc(times, cmp.Compare)
	n := len(times)
	line.Queries, line.Hits = n/b.rounds, line.Hits/float64(n)
	line.P50, line.P95, line.CPU = milli(times[n/2]), milli(times[n*95/100]), milli(cpu)/float64(n)
	return line, nil
}

func milli(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func mega(n int64) float64 { return float64(n) / 1e6 }

// folderSize adds up the files below dir.
func folderSize(dir string) (total int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error { // a file that goes away counts nothing
		if err != nil || d.IsDir() {
			return nil //nolint:nilerr // as above
		}
		if info, err := d.Info(); err == nil {
			total += info.Size()
		}
		return nil
	})
	return total
}
