package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"image"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/charmap"

	"dalel/corpus"
	"dalel/corpus/samples"
)

// workerTimeout is long, for the race detector on a busy machine.
const workerTimeout = 2 * time.Minute

// TestMain lets the test binary be dalel, and dalel's worker.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == workerCommand {
		os.Exit(extractWorker(os.Args[2:]))
	}
	testscript.Main(m, map[string]func(){"dalel": func() {
		if len(os.Args) > 1 && os.Args[1] == workerCommand {
			os.Exit(extractWorker(os.Args[2:]))
		}
		os.Exit(run(context.Background(), os.Args[1:], processEnv()))
	}})
}

// testEnv is an env without a terminal, whose output is shown when a test fails.
func testEnv(t testing.TB) *env {
	t.Helper()
	var out bytes.Buffer
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(out.String())
		}
	})
	return &env{stdin: new(bytes.Buffer), stdout: &out, stderr: &out, log: slog.New(slog.NewTextHandler(&out, nil)), clock: time.Now}
}

func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("DALEL_UPDATE") == "1",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"specimens": putSpecimens, "fill": fillColumn, "cp1251": toWindows1251, "removefile": removeFile, "decide": decideFirst,
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("DALEL_OCR", "false") // what is installed here must not matter
			for _, name := range []string{"ordinary.txt", "hostile.txt"} {
				raw, err := os.ReadFile(filepath.Join("../../search/query/testdata", name))
				if err == nil {
					err = os.WriteFile(filepath.Join(e.WorkDir, name), raw, 0o600)
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// putSpecimens writes the specimens into a new folder, and a scan as an
// image.
func putSpecimens(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.Mkdir(dir, 0o700))
	for f, err := range samples.Files() {
		ts.Check(err)
		ts.Check(os.WriteFile(filepath.Join(dir, strings.ReplaceAll(f.Name, "/", "_")), f.Bytes, 0o600))
	}
	var b bytes.Buffer
	ts.Check(png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 60))))
	ts.Check(os.WriteFile(filepath.Join(dir, "scan.png"), b.Bytes(), 0o600))
}

// fillColumn writes values into a column of a CSV, from its first row on, as a
// person does in a spreadsheet.
func fillColumn(ts *testscript.TestScript, _ bool, args []string) {
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(ts.ReadFile(args[0]), "\ufeff"))).ReadAll()
	ts.Check(err)
	column := slices.Index(rows[0], args[1])
	for i, v := range args[2:] {
		rows[i+1][column] = v
	}
	var b bytes.Buffer
	ts.Check(csv.NewWriter(&b).WriteAll(rows))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}

// toWindows1251 writes a text as Excel does in Russian.
func toWindows1251(ts *testscript.TestScript, _ bool, args []string) {
	out, err := charmap.Windows1251.NewEncoder().String(ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(out), 0o600))
}

// decideFirst decides of a person and the first paragraph of a file.
func decideFirst(ts *testscript.TestScript, _ bool, args []string) {
	id, _, err := corpus.NewID(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(ts.Exec("dalel", "decisions", "set", args[1], string(id)+"#~1", args[2]))
}

// removeFile removes the document that was read from a file.
func removeFile(ts *testscript.TestScript, _ bool, args []string) {
	id, _, err := corpus.NewID(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(ts.Exec("dalel", "remove", string(id)))
}
