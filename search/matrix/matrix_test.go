package matrix

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"dalel/corpus"
	"dalel/search"
)

// utf8Only is a Decoder that knows one character set.
func utf8Only(b []byte) (string, int) { return strings.ToValidUTF8(string(b), "\ufffd"), 0 }

func texts(l *List) string {
	var out []string
	for _, r := range l.Rows {
		s := r.Text
		if r.Fault != nil {
			s = "!" + string(r.Fault.Code)
		}
		if r.Birth != 0 {
			s += fmt.Sprintf(" %d", r.Birth)
		}
		if len(r.Aliases) > 0 {
			s += " =" + strings.Join(r.Aliases, "=")
		}
		if r.ID != "" {
			s = r.ID + ":" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, "|")
}

func TestListsAreReadAsPeopleKeepThem(t *testing.T) {
	for _, tt := range []struct {
		file, in string
		field    Field
		want     string
		why      string
	}{
		{"l.txt", "Даулетияр Коныртауов\r\nAssemgul Shildebek\n\n", Name, "Даулетияр Коныртауов|Assemgul Shildebek|!empty", "lines; an empty one says so"},
		{"l.csv", "id,name,born,note\n7,Даулетияр Коныртауов,14.03.1981,x\n", Name, "7:Даулетияр Коныртауов 1981", "a header in English"},
		{"l.csv", "№;ФИО;Год рождения;Другие имена\n1;Коныртауов Даулетияр;1981 г.р.;Daniel Conrad; \n", Name, "1:Коныртауов Даулетияр 1981 =Daniel Conrad", "in Russian, with semicolons"},
		{"l.csv", "Аты-жөні,Туған жылы,Басқаша жазылуы\nДәулетияр Қоңыртауов,1981,Коныртауов Д.; D. Konyrtauov\n", Name, "Дәулетияр Қоңыртауов 1981 =Коныртауов Д.=D. Konyrtauov", "in Kazakh"},
		{"l.csv", "Список фигурантов,,\n,,\nФамилия,Имя,Отчество\nКоныртауов,Даулетияр,Шахпанович\n", Name, "Коныртауов Даулетияр Шахпанович", "a title above the header, the name in three columns"},
		{"l.csv", "query\nпытки OR азаптау\n", Query, "пытки OR азаптау", "queries"},
		{"l.csv", "name\nx\n", Query, "x", "queries in the column of names"},
		{"l.csv", "first,second\nab,cd\n", Name, "ab", "no heading that we know: the first row is one all the same"},
		{"l.csv", "Даулетияр Коныртауов,1981\nAssemgul Shildebek,1989\n", Name, "Даулетияр Коныртауов|Assemgul Shildebek", "a list without a header begins with a name"},
		{"l.csv", "статья,примечание\nч. 2 ст. 405 УК РК,x\n", Article, "ч. 2 ст. 405 УК РК", "articles"},
		{"", "name\tborn\nAnn Bell\t1981\n", Name, "Ann Bell 1981", "pasted from a spreadsheet"},
		{"", "Коныртауов Даулетияр, активист\nШильдебек Асемгуль\n", Name, "Коныртауов Даулетияр, активист|Шильдебек Асемгуль", "pasted lines with commas"},
		{"l.csv", "name,note\n\"Nesipkul \"\"Q\"\"\",x\nAnn \"Bell,y\nCleo Dunn,z\n", Name, `Nesipkul "Q"|Ann "Bell|Cleo Dunn`, "quotes in the middle of a cell"},
		{"l.csv", "name,note\n\"Ann Bell,y\nCleo Dunn,z\nEva Fox,u\nGil Hart,v\nIda Jay,w\n", Name, "Ann Bell|Cleo Dunn|Eva Fox|Gil Hart|Ida Jay", "a quote that nobody closes does not swallow the rest"},
		{"l.txt", "Л\nК. М.\n1981-03-14\n🙂\n\ufffd\ufffdов\n" + strings.Repeat("а", 10_000) + "\nНурkелди\n", Name, "!letter|!letter|!number|!number|!charset|!long|Нурkелди", "what cannot be a name says why; mixed scripts can"},
	} {
		l, err := Read(tt.file, []byte(tt.in), tt.field, utf8Only)
		if err != nil {
			t.Errorf("%s: %v", tt.why, err)
			continue
		}
		if got := texts(l); got != tt.want {
			t.Errorf("%q\n got %s\nwant %s: %s", tt.in, got, tt.want, tt.why)
		}
		for _, r := range l.Rows {
			if r.Fault != nil && (r.Fault.Error() == "" || strings.Contains(r.Fault.Error(), "%")) {
				t.Errorf("fault %v has no words", r.Fault)
			}
		}
	}
	for _, bad := range []struct{ file, in string }{{"l.csv", ""}, {"l.xlsx", "no workbook"}, {"", "PK\x03\x04no workbook"}} {
		if _, err := Read(bad.file, []byte(bad.in), Name, utf8Only); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("Read(%q) = %v, want ErrInvalid", bad.in, err)
		}
	}
}

func TestWorkbooksAreRead(t *testing.T) {
	f := excelize.NewFile()
	if _, err := f.NewSheet("Лист2"); err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]any{"A1": "Список", "A3": "ФИО", "B3": "Дата рождения", "A4": "Коныртауов Даулетияр", "B4": "14.03.1981"} {
		if err := f.SetCellValue("Лист2", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"l.xlsx", ""} {
		l, err := Read(name, b.Bytes(), Name, utf8Only)
		if err != nil || texts(l) != "Коныртауов Даулетияр 1981" {
			t.Errorf("Read(%q) = %v, %v: the first sheet is empty, the header stands in its third row", name, l, err)
		}
	}
}

// hall is a searcher whose answers are fixed, by a word of the query.
type hall map[string][]search.Hit

func (h hall) Search(_ context.Context, r search.Request) (*search.Result, error) {
	for word, hits := range h {
		if strings.Contains(r.Query, word) {
			return &search.Result{Hits: len(hits), Docs: len(hits), Passages: hits[:min(len(hits), r.Limit)]}, nil
		}
	}
	if strings.Contains(r.Query, "broken") {
		return nil, &corpus.Error{Op: "search", Kind: corpus.ErrInvalid, Err: errors.New("bad query")}
	}
	return &search.Result{}, nil
}

func docID(n int) corpus.ID { return corpus.ID(fmt.Sprintf("%064x", n)) }

var day = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)

// hit is a passage that names a person; version tells texts of a document apart.
func hit(doc int, version string, ord int, text, name string, days int) search.Hit {
	at := strings.Index(text, name)
	return search.Hit{
		Doc:  &corpus.Document{ID: docID(doc), Work: "w", Sources: []corpus.Source{{Path: fmt.Sprintf("%d.txt", doc), Added: day.AddDate(0, 0, days)}}},
		Text: strings.Repeat(version, 8), Para: corpus.Paragraph{Ord: ord, Text: text, Label: "7"}, Likeness: 0.97,
		Matches: []search.Match{{Start: at, End: at + len(name), Why: search.WhyName}},
	}
}

// shelf is users' files in memory.
type shelf map[string][]byte

func (s shelf) UserFile(_ context.Context, name string) ([]byte, error) { return s[name], nil }

func (s shelf) UserFiles(_ context.Context, dir string) (out []string, err error) {
	for name := range s {
		if strings.HasPrefix(name, dir+"/") {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (s shelf) UpdateUserFile(_ context.Context, name string, change func([]byte) ([]byte, error)) error {
	b, err := change(s[name])
	if err != nil {
		return err
	}
	if s[name] = b; b == nil {
		delete(s, name)
	}
	return nil
}

const said = "Суд установил, что Коныртауов, 1981 года рождения, вместе с другими жителями района вышел на площадь и зачитал список участков вслух."

func lookUp(t *testing.T, r *Run, l *List) []*Answer {
	t.Helper()
	var out []*Answer
	if err := r.Each(t.Context(), l, l.Rows, func(a *Answer) error { out = append(out, a); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func list(t *testing.T, csv string) *List {
	t.Helper()
	l, err := Read("l.csv", []byte(csv), Name, utf8Only)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestRowsAreAnsweredInOrder(t *testing.T) {
	h := hall{"Коныртауов": {hit(1, "a", 4, said, "Коныртауов", 0), hit(2, "a", 9, "Коныртауов, 1958 г.р., омарташы", "Коныртауов", 0)}}
	l := list(t, "id,name,born\nx,Коныртауов,1981\ny,,\nz,broken one,\nu,Нигде Небывалый,\n")
	got := lookUp(t, &Run{Search: h, Limit: 1}, l)
	if len(got) != 4 || got[0].Hits != 2 || len(got[0].Cells) != 1 || got[0].Cells[0].Form != "Коныртауов" || got[0].Cells[0].Score != 0.97 {
		t.Fatalf("answers %+v", got)
	}
	if got[1].Error != "the row has no text" || !strings.Contains(got[2].Error, "bad query") || got[3].Error != "" || got[3].Hits != 0 {
		t.Errorf("errors %q %q %q: a bad row is told and the rest goes on", got[1].Error, got[2].Error, got[3].Error)
	}
	all := lookUp(t, &Run{Search: h, Limit: -1}, l)
	if c := all[0].Cells; len(c) != 2 || c[0].Birth != BirthAgrees || c[1].Birth != BirthDiffers {
		t.Errorf("years of birth %v", c)
	}
}

func TestYearsOfBirthAreReadBesideTheName(t *testing.T) {
	for _, tt := range []struct {
		behind string
		want   int
	}{
		{", 1981 года рождения, осуждён в 2021 году", 1981},
		{" (14.03.1981 г.р.)", 1981},
		{", 1981 жылғы 14 наурызда туған, 2021 жылы сотталды", 1981},
		{", born on 14 March 1981 in Karaganda", 1981},
		{" был осуждён в 2021 году", 0},
		{" родился в семье учителя", 0},
		{"", 0},
	} {
		if got := bornYear(tt.behind); got != tt.want {
			t.Errorf("bornYear(%q) = %d, want %d", tt.behind, got, tt.want)
		}
	}
}

func TestDecisionsAreRemembered(t *testing.T) {
	files := shelf{}
	h := hall{"Коныртауов": {hit(1, "a", 4, said, "Коныртауов", 0), hit(1, "a", 5, "Другое: Коныртауов молчал весь вечер.", "Коныртауов", 0)}}
	d := &Desk{Search: h, Files: files, Decode: utf8Only, Clock: func() time.Time { return day.AddDate(0, 0, 10) }}
	l := list(t, "id,name,born\n1,Даулетияр Коныртауов,1981\n")
	doc := h["Коныртауов"][0].Doc
	doc.Text = &corpus.Text{Paragraphs: []corpus.Paragraph{h["Коныртауов"][0].Para, h["Коныртауов"][1].Para}}
	h["Коныртауов"][0].Text, h["Коныртауов"][1].Text = doc.Text.Hash(), doc.Text.Hash()
	if err := d.Decide(t.Context(), &l.Rows[0], doc, 4, Another); err != nil {
		t.Fatal(err)
	}
	if err := d.Decide(t.Context(), &l.Rows[0], doc, 4, Same); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(files[DecisionFile], []byte("\n")); n != 1 {
		t.Errorf("%d lines, want one: the later decision takes the place of the first\n%s", n, files[DecisionFile])
	}
	verdicts := func(l *List, hits ...search.Hit) string {
		t.Helper()
		h["Коныртауов"] = hits
		ledger, broken, err := LoadDecisions(t.Context(), files)
		if err != nil || broken != 0 {
			t.Fatal(broken, err)
		}
		var out []string
		for _, a := range lookUp(t, &Run{Search: h, Ledger: ledger, Limit: -1}, l) {
			for _, c := range a.Cells {
				s := string(c.Verdict)
				if c.Moved {
					s += "~"
				}
				if c.New {
					s += "new"
				}
				out = append(out, s)
			}
		}
		return strings.Join(out, ",")
	}
	renumbered := list(t, "id,name,born\n77,Коныртауов Даулетияр,\n")
	ocr := strings.Replace(said, "зачитал", "зачнтал", 1)
	glued := strings.Replace(said, "на площадь", "наплощадь", 1)
	same := hit(1, "", 4, said, "Коныртауов", 0)
	same.Text = doc.Text.Hash()
	inCopy := hit(2, "c", 1, said, "Коныртауов", 0)
	elsewhere := hit(3, "c", 1, said, "Коныртауов", 0)
	elsewhere.Doc.Work = "another"
	twice := hit(1, "", 9, said, "Коныртауов", 0)
	twice.Text = doc.Text.Hash()
	for _, tt := range []struct {
		list *List
		hit  search.Hit
		want string
		why  string
	}{
		{l, same, "same", "the very passage"},
		{renumbered, same, "same", "the list was numbered anew, the name stands the other way round"},
		{l, hit(1, "b", 6, said, "Коныртауов", 0), "same~", "another extraction numbers paragraphs otherwise"},
		{l, hit(1, "b", 6, glued, "Коныртауов", 0), "same~", "another extraction glued two words"},
		{l, hit(1, "b", 6, ocr, "Коныртауов", 0), "same~", "another extraction read a letter otherwise"},
		{l, hit(1, "b", 6, "Совсем иной абзац, где Коныртауов назван в другой связи и по другому делу.", "Коныртауов", 0), "", "another paragraph"},
		{l, twice, "", "the same words in another place of the same text"},
		{l, inCopy, "same~", "a copy in another version of the work"},
		{l, elsewhere, "", "the same words in another work"},
		{l, hit(4, "c", 1, "Коныртауов вышел на свободу.", "Коныртауов", 20), "new", "a document that came after the last decision"},
		{l, hit(4, "c", 1, "Коныртауов вышел на свободу.", "Коныртауов", 5), "", "one that was there already"},
		{list(t, "name,born\nДаулетияр Коныртауов,1958\n"), same, "", "a namesake of another year"},
		{list(t, "id,name\n1,Даулетияр Коныртауов\n2,Даулетияр Коныртауов\n"), same, "same,", "two rows of one name are told apart by their ID"},
		{list(t, "name\nДругой Коныртауов\n"), same, "", "another name"},
	} {
		if got := verdicts(tt.list, tt.hit); got != tt.want {
			t.Errorf("%q, want %q: %s", got, tt.want, tt.why)
		}
	}
	if err := d.Decide(t.Context(), &l.Rows[0], doc, 4, ""); err != nil || len(bytes.TrimSpace(files[DecisionFile])) != 0 {
		t.Errorf("taking a decision back leaves %q, %v", files[DecisionFile], err)
	}
	for why, err := range map[string]error{
		"no such passage": d.Decide(t.Context(), &l.Rows[0], doc, 99, Same),
		"no such verdict": d.Decide(t.Context(), &l.Rows[0], doc, 4, "maybe"),
	} {
		if !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", why, err)
		}
	}
	files[DecisionFile] = []byte("not json\n{}\n")
	if _, broken, err := LoadDecisions(t.Context(), files); broken != 2 || err != nil {
		t.Errorf("%d broken lines, %v; want 2", broken, err)
	}
}

// documents gives the only document there is.
type documents struct{ doc *corpus.Document }

func (d documents) Document(_ context.Context, prefix string) (*corpus.Document, error) {
	if !strings.HasPrefix(string(d.doc.ID), prefix) {
		return nil, &corpus.Error{Op: "test", Kind: corpus.ErrNotFound, Err: errors.New("none")}
	}
	return d.doc, nil
}

func TestAMatrixIsDecidedInASpreadsheet(t *testing.T) {
	files := shelf{}
	h := hall{"Коныртауов": {hit(1, "a", 4, said, "Коныртауов", 0), hit(1, "a", 5, "=1+1 Коныртауов молчал.", "Коныртауов", 0)}}
	doc := h["Коныртауов"][0].Doc
	doc.Text = &corpus.Text{Paragraphs: []corpus.Paragraph{h["Коныртауов"][0].Para, h["Коныртауов"][1].Para}}
	for i := range h["Коныртауов"] {
		h["Коныртауов"][i].Text, h["Коныртауов"][i].Doc = doc.Text.Hash(), doc
	}
	d := &Desk{Search: h, Files: files, Decode: utf8Only, Clock: func() time.Time { return day }}
	l := list(t, "№;ФИО;Примечание;decision\n1;Даулетияр Коныртауов;=СУММ(A1);прежнее\n2;;;\n")
	write := func(kind string) []byte {
		var b bytes.Buffer
		var w Writer
		var err error
		if kind == "csv" {
			w, err = NewCSV(&b, l, true)
		} else {
			w, err = NewXLSX(&b, l)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := d.LookUp(t.Context(), l, l.Rows, -1, w.Write); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	table := write("csv")
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(table, []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v: a header, two passages, a bad row\n%s", len(rows), err, table)
	}
	if got := strings.Join(rows[0][:7], "|"); got != "№|ФИО|Примечание|list decision|hits|docs|error" {
		t.Errorf("header %s: the columns of the list are carried through, and ours keep their names", got)
	}
	if rows[1][2] != "'=СУММ(A1)" || !strings.HasPrefix(rows[2][len(rows[2])-1], "'=1+1") {
		t.Errorf("cells %q %q are formulas", rows[1][2], rows[2][len(rows[2])-1])
	}
	if rows[3][6] != "the row has no text" {
		t.Errorf("the bad row says %q", rows[3][6])
	}
	book := write("xlsx")
	if !bytes.Equal(book, write("xlsx")) {
		t.Error("two workbooks of one answer differ")
	}
	decision := slices.Index(rows[0], "decision")
	// A person fills the column in, in Kazakh, and gets one row wrong.
	rows[1][decision], rows[2][decision] = "сол адам", "кто знает"
	var filled bytes.Buffer
	w := csv.NewWriter(&filled)
	_ = w.WriteAll(rows)
	in, err := d.Import(t.Context(), documents{doc}, "m.csv", filled.Bytes())
	if err != nil || in.Decided != 1 || len(in.Faults) != 1 || in.Faults[0].Line != 3 {
		t.Fatalf("imported %+v, %v", in, err)
	}
	again, err := d.Import(t.Context(), documents{doc}, "m.csv", filled.Bytes())
	if err != nil || again.Decided != 0 || again.Same != 1 {
		t.Errorf("imported again %+v, %v", again, err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(write("xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := f.GetRows(f.GetSheetName(0))
	if err != nil || sheet[1][decision] != "same" || sheet[1][2] != "=СУММ(A1)" {
		t.Errorf("the workbook says %q of the decision, %v", sheet[1], err)
	}
	if v, err := f.GetDataValidations(f.GetSheetName(0)); err != nil || len(v) != 1 {
		t.Errorf("the column of decisions offers %v, %v", v, err)
	}
	for why, bad := range map[string]string{"no decisions": "name,doc,para\nAnn Bell,x,1\n", "no passages": "name,decision\nAnn Bell,same\n"} {
		if _, err := d.Import(t.Context(), documents{doc}, "m.csv", []byte(bad)); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", why, err)
		}
	}
	for _, bad := range []string{
		"name,doc,para,decision\nAnn Bell,ffffffff,1,same\n", "name,doc,para,decision\nAnn Bell," + string(doc.ID) + ",99,same\n",
		"name,doc,para,decision\nAnn Bell,,,same\n", "name,ref,decision\nAnn Bell," + doc.ID.Short() + "@ffffffff#~4,same\n", "name,doc,para,decision\n5," + string(doc.ID) + ",4,same\n",
	} {
		if in, err := d.Import(t.Context(), documents{doc}, "m.csv", []byte(bad)); err != nil || len(in.Faults) != 1 || in.Decided != 0 {
			t.Errorf("%q: %+v, %v; want one fault", bad, in, err)
		}
	}
}

func TestVerdictsInThreeLanguages(t *testing.T) {
	for cell, want := range map[string]Verdict{
		"same": Same, "Тот же человек": Same, "СОЛ АДАМ": Same, "да": Same, "'+": Same,
		"another": Another, "другой": Another, "басқа адам": Another, "'-": Another,
		"unsure": Unsure, "Неясно": Unsure, "анық емес": Unsure, "?": Unsure, "возможно": "", "": "",
	} {
		if got, ok := ParseVerdict(cell); got != want || ok != (want != "") {
			t.Errorf("ParseVerdict(%q) = %q, %v; want %q", cell, got, ok, want)
		}
	}
}

func TestListsAreKept(t *testing.T) {
	files := shelf{}
	d := &Desk{Search: hall{}, Files: files, Decode: utf8Only, Clock: func() time.Time { return day }}
	name, err := d.Keep(t.Context(), "Список / дело № 931.xlsx", "", []byte("Даулетияр Коныртауов\n\nAssemgul Shildebek\n"))
	if err != nil || name != "Список дело 931" {
		t.Fatalf("kept as %q, %v", name, err)
	}
	l, err := d.List(t.Context(), name)
	if err != nil || texts(l) != "Даулетияр Коныртауов|!empty|Assemgul Shildebek" {
		t.Errorf("read back %q, %v: an empty row stays one", texts(l), err)
	}
	lists, err := d.Lists(t.Context())
	if err != nil || len(lists) != 1 || lists[0] != (Stored{name, 3}) {
		t.Errorf("lists %v, %v", lists, err)
	}
	for _, bad := range []string{"", "../x", "///", "a/b"} {
		if _, err := d.List(t.Context(), bad); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("List(%q) = %v, want ErrNotFound", bad, err)
		}
	}
	for _, bad := range [][2]string{{"***", "A B"}, {"x", ""}} {
		if _, err := d.Keep(t.Context(), bad[0], "", []byte(bad[1])); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("Keep(%q, %q) = %v, want ErrInvalid", bad[0], bad[1], err)
		}
	}
	if err := d.Drop(t.Context(), name); err != nil || len(files) != 0 {
		t.Errorf("Drop = %v, %d files left", err, len(files))
	}
}

// counts is a Counter whose answers are fixed.
type counts map[string][]search.Count

func (c counts) Together(_ context.Context, q string, _ search.Scope, _ search.Filter) ([]search.Count, error) {
	return c[q], nil
}

func TestPersonsAndArticles(t *testing.T) {
	l := list(t, "name,alias\nAnn Bell,Cleo Dunn\nEva Fox,\n,\nGil Hart,\n")
	c := counts{
		`name:"Ann Bell" OR name:"Cleo Dunn"`: {{Value: "KZ-UK-2014/405", Passages: 3}, {Value: "KZ-UK-2014/174", Passages: 1}},
		`name:"Eva Fox"`:                      {{Value: "KZ-UK-2014/405", Passages: 2}},
	}
	got, err := (&Desk{Counter: c}).Together(t.Context(), l.Rows, search.InSentence)
	if err != nil || strings.Join(got.Articles, " ") != "KZ-UK-2014/405 KZ-UK-2014/174" || len(got.Rows) != 3 {
		t.Fatalf("matrix %+v, %v", got, err)
	}
	if want := "[3 1] [2 0] [0 0]"; fmt.Sprint(got.Rows[0].Counts, " ", got.Rows[1].Counts, " ", got.Rows[2].Counts) != want || got.Rows[2].Any {
		t.Errorf("counts %v %v %v, want %s", got.Rows[0].Counts, got.Rows[1].Counts, got.Rows[2].Counts, want)
	}
}

func TestJSONOfAnAnswer(t *testing.T) {
	var b bytes.Buffer
	w := NewJSON(&b)
	h := hall{"Коныртауов": {hit(1, "a", 4, said, "Коныртауов", 0)}}
	for _, a := range lookUp(t, &Run{Search: h, Limit: 5}, list(t, "name\nКоныртауов\n\"\"\n")) {
		if err := w.Write(a); err != nil {
			t.Fatal(err)
		}
	}
	var first, second AnswerJSON
	dec := json.NewDecoder(&b)
	if err := errors.Join(dec.Decode(&first), dec.Decode(&second)); err != nil {
		t.Fatal(err)
	}
	if first.ID != "1" || len(first.Top) != 1 || first.Top[0].Form != "Коныртауов" || second.Error == "" || second.Top == nil {
		t.Errorf("%+v %+v", first, second)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"name\nA B\n", "id;ФИО\n1;\"A\n", "\ufeffname\tborn\nA\t1", "PK\x03\x04", "a,b\n\"\"\"\n,,,\n"} {
		f.Add("l.csv", []byte(s))
		f.Add("", []byte(s))
	}
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		l, err := Read(name, b, Name, utf8Only)
		if err != nil {
			if !errors.Is(err, corpus.ErrInvalid) {
				t.Errorf("%v is not ErrInvalid", err)
			}
			return
		}
		for i, r := range l.Rows {
			if r.No != i+1 || r.Fault == nil && faultOf(r.Text, Name) != nil {
				t.Errorf("row %+v", r)
			}
		}
		files := shelf{}
		d := &Desk{Files: files, Decode: utf8Only}
		kept, err := d.Keep(t.Context(), "list", name, b)
		if err != nil {
			return
		}
		again, err := d.List(t.Context(), kept)
		if err != nil || len(again.Rows) != len(l.Rows) {
			t.Errorf("%d rows are kept as %v, %v", len(l.Rows), again, err)
		}
	})
}
