package store

import (
	"encoding/json"
	"testing"
	"time"
)

// FuzzPlainRecord holds that a record that is read in the quick way is the one that
// JSON reads.
func FuzzPlainRecord(f *testing.F) {
	at := time.Date(2024, 5, 6, 7, 8, 9, 1e6, time.UTC)
	for _, r := range []Record{
		{Seq: 1, Time: at, Event: EventIngest, Doc: "ab12", Text: "cd34", Prev: noLink, Sum: "ef"},
		{Seq: 18, Time: at, Event: EventExport, Prev: noLink, Sum: "ef"},
		{Seq: 7, Time: at, Event: EventRemove, Doc: "\"\\я<", Prev: "", Sum: ""},
	} {
		raw, err := marshal(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, raw := range []string{
		`{"seq":01,"time":"2024-05-06T07:08:09Z","event":"x","prev":"","sum":""}`,
		`{"seq":1,"time":"2024-05-06","event":"x","prev":"","sum":""}`,
		`{"seq":1,"time":"2024-05-06T07:08:09Z","event":"x","prev":"","sum":"",}`,
		`{"seq":1,"time":"2024-05-06T07:08:09Z""event":"x","prev":"","sum":""}`,
		`{"seq":1,"time":"2024-05-06T07:08:09Z","event":"x","prev":"","sum":"","sum":"y"}`,
		`{"seq":,"time":"2024-05-06T07:08:09Z"}`, `{"seq":1}`, ``,
	} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, ok := plainRecord(raw)
		if !ok {
			return
		}
		var want Record
		if err := json.Unmarshal(raw, &want); err != nil || got != want {
			t.Errorf("%s: %+v, JSON reads %+v, %v", raw, got, want, err)
		}
	})
}

// What the log writes is read in the quick way.
func TestRecordsArePlain(t *testing.T) {
	for _, ev := range []Event{EventIngest, EventExport} {
		r := Record{Seq: 12, Time: time.Date(2024, 5, 6, 7, 8, 9, 1e6, time.UTC), Event: ev, Prev: noLink, Sum: noLink}
		if ev == EventIngest {
			r.Doc, r.Text = "ab", "cd"
		}
		raw, err := marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := plainRecord(raw); !ok || got != r {
			t.Errorf("%s: %+v, %t", raw, got, ok)
		}
	}
}

func BenchmarkParseLine(b *testing.B) {
	r := Record{Seq: 12, Time: time.Date(2024, 5, 6, 7, 8, 9, 1e6, time.UTC), Event: EventIngest, Doc: "ab", Text: noLink, Prev: noLink, Sum: sumOf([]byte("{}"))}
	n := line{Record: r, details: []byte("{}")}
	n.raw, _ = marshal(r)
	n.link = link(n.raw)
	whole := appendLine(nil, &n, n.details)
	for b.Loop() {
		if _, err := parseLine(whole[:len(whole)-1]); err != nil {
			b.Fatal(err)
		}
	}
}
