package alias

import (
	"context"
	"errors"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/corpus/names"
)

// files is a user's files in memory.
type files struct {
	b    []byte
	fail error
}

func (f *files) UserFile(context.Context, string) ([]byte, error) { return f.b, f.fail }

func (f *files) UpdateUserFile(_ context.Context, _ string, change func([]byte) ([]byte, error)) error {
	b, err := change(f.b)
	if err == nil {
		f.b = b
	}
	return err
}

func forms(list []names.Alias) string {
	var out []string
	for _, a := range list {
		out = append(out, a.Form)
	}
	return strings.Join(out, "|")
}

func TestTheTableIsReadAgainWhenItChanges(t *testing.T) {
	f := &files{}
	b := New(f)
	if got := b.Table(t.Context()).Find("Жаңа қозғалыс"); got != nil {
		t.Fatalf("an empty table knows %v", got)
	}
	f.b = []byte("org:x\torg\tkk\tЖаңа қозғалыс\tfull\norg:x\torg\tru\tНовое движение\tfull\nbroken\n")
	if got := forms(b.Table(t.Context()).Find("нового движения")); got != "Жаңа қозғалыс|Новое движение" {
		t.Errorf("after an edit: %s", got)
	}
	rows, faults, err := b.Rows(t.Context())
	if err != nil || len(rows) != 2 || len(faults) != 1 || faults[0].Line != 3 || faults[0].Code != names.FaultColumns {
		t.Errorf("rows %v, faults %v, %v; want two and line 3", rows, faults, err)
	}
	if first := b.Table(t.Context()); first != b.Table(t.Context()) {
		t.Error("a file that has not changed is read again")
	}
	f.fail = errors.New("disk")
	if got := forms(b.Table(t.Context()).Find("ДВК")); got == "" {
		t.Error("a file that cannot be read took the built-in rows with it")
	}
}

func TestAddAndRemove(t *testing.T) {
	f := &files{}
	b := New(f)
	ctx := t.Context()
	added, err := b.Add(ctx, "person", []string{"Даулетияр Коныртауов", " Daniel  Conrad ", ""})
	if err != nil || forms(added) != "Даулетияр Коныртауов|Daniel Conrad" || added[0].ID != "person:own-1" || added[1].Lang != "en" {
		t.Fatalf("added %v, %v", added, err)
	}
	if got := forms(b.Table(ctx).Find("Дәулетияр Қоңыртауов")); got != "Даулетияр Коныртауов|Daniel Conrad" {
		t.Errorf("a spelling of one name finds %s", got)
	}
	added, err = b.Add(ctx, "org", []string{"ДВК", "Выбор", "ҚДТ-2"})
	if err != nil || forms(added) != "Выбор|ҚДТ-2" || added[0].ID != "org:dvk" {
		t.Errorf("added %v, %v; want two names of what the built-in table has", added, err)
	}
	for _, tt := range []struct {
		kind, forms string
		want        error
		why         string
	}{
		{"org", "Одно имя", ErrOneName, "one name of nothing"},
		{"org", "ДВК", ErrOneName, "nothing new"},
		{"org", "ДВК|КНБ", ErrSeveral, "two things"},
		{"org", strings.Repeat("a|b|", 30) + strings.Repeat("x", 5000), ErrMany, "too much"},
		{"firm", "Альфа|Alpha", nil, "no such type"},
		{"org", "...|---", nil, "no words"},
	} {
		_, err := b.Add(ctx, tt.kind, strings.Split(tt.forms, "|"))
		if !errors.Is(err, corpus.ErrInvalid) || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("Add(%s, %.40s) = %v, want ErrInvalid %v: %s", tt.kind, tt.forms, err, tt.want, tt.why)
		}
	}
	before := string(f.b)
	row := names.Alias{ID: "person:own-1", Type: "person", Lang: "en", Form: "Daniel Conrad", Kind: names.FullName}
	if err := b.Remove(ctx, row); err != nil || !strings.HasPrefix(string(f.b), header) || strings.Contains(string(f.b), "Conrad") {
		t.Errorf("Remove: %v\n%s", err, f.b)
	}
	if err := b.Remove(ctx, row); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("a second removal = %v", err)
	}
	if len(before) <= len(f.b) {
		t.Error("nothing was removed")
	}
}
