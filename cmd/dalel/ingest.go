package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/ingest"
	"dalel/ingest/docx"
	"dalel/ingest/epub"
	"dalel/ingest/html"
	"dalel/ingest/image"
	"dalel/ingest/mail"
	"dalel/ingest/odt"
	"dalel/ingest/pdf"
	"dalel/ingest/rtf"
	"dalel/ingest/sheet"
	"dalel/ingest/slides"
	"dalel/ingest/text"
	"dalel/ingest/warc"
	"dalel/ingest/word"
	"dalel/ingest/zip"
)

// workerCommand is the hidden command that reads one document in a process of
// its own.
const workerCommand = "extract-worker"

// formats are the extractors, the same in this process and in its workers.
// Recognise says whether pages that are images are read.
func formats(recognise bool, budget time.Duration) ingest.Formats {
	seen := image.Extractor{Recognise: recognise, Budget: budget}
	return ingest.Formats{
		ingest.TypeText: text.Extractor{},
		ingest.TypeHTML: html.Extractor{},
		ingest.TypeDOCX: docx.Extractor{},
		ingest.TypeODT:  odt.Extractor{},
		ingest.TypeODS:  odt.Extractor{},
		ingest.TypeODP:  odt.Extractor{},
		ingest.TypePDF:  pdf.Extractor{Recognise: recognise, Budget: budget},
		ingest.TypeRTF:  rtf.Extractor{},
		ingest.TypeDOC:  word.Extractor{},
		ingest.TypeXLSX: sheet.XLSX{},
		ingest.TypeCSV:  sheet.CSV{},
		ingest.TypePPTX: slides.Extractor{},
		ingest.TypeEPUB: epub.Extractor{},
		ingest.TypeEML:  mail.Extractor{},
		ingest.TypeMSG:  mail.Extractor{Outlook: true},
		ingest.TypeMHT:  mail.Saved{},
		ingest.TypePNG:  seen,
		ingest.TypeJPEG: seen,
		ingest.TypeTIFF: seen,
	}
}

// containers are the files that hold files. Those whose readers hold them in
// memory are unpacked in a worker.
func containers(w *ingest.Worker) ingest.Containers {
	boxes := ingest.Containers{
		ingest.TypeEML:  mail.Container{},
		ingest.TypeMSG:  mail.Container{Outlook: true},
		ingest.TypeWARC: warc.Container{},
		ingest.TypeGzip: warc.Container{},
	}
	if w != nil {
		for kind := range boxes {
			boxes[kind] = ingest.Isolated{Worker: w, Type: kind}
		}
	}
	boxes[ingest.TypeZip] = zip.Container{}
	return boxes
}

// What tells a worker, in its environment, to leave images unread, and how long
// it may take for those of one file.
const (
	noOCR   = "DALEL_OCR=false"
	ocrTime = "DALEL_OCR_TIME"
)

// extractWorker is the worker process: nothing of the program but an extractor.
func extractWorker(args []string) int {
	recognise := os.Getenv("DALEL_OCR") != "false"
	budget, _ := time.ParseDuration(os.Getenv(ocrTime)) // no limit if there is none
	return ingest.WorkerMain(context.Background(), args, os.Stdin, os.Stdout, formats(recognise, budget), containers(nil))
}

var ingestCmd = command{
	name:  "ingest",
	args:  "[-lib DIR] [-json] PATH...",
	short: "Read files, folders and archives into the library",
	long: `
Safe to repeat: what is in the library already is not read again, unless a newer
version of dalel reads it better or pages of it could not be read before. Files that
cannot be read are listed, and the exit status is 3. Pages that are images are read
by tesseract, in Russian, Kazakh and English, if it is installed.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib, asJSON := libFlag(fs), fs.Bool("json", false, "a JSON object a file, then a summary")
		timeout := fs.Duration("timeout", time.Minute, "for one document, and for each page that is recognised")
		recognise := fs.Bool("ocr", true, "read pages that are images, if tesseract is installed")
		return func(ctx context.Context, e *env, args []string) (err error) {
			if len(args) == 0 {
				fs.Usage()
				return errUsage
			}
			library, err := e.createLibrary(ctx, *lib)
			if err != nil {
				return err
			}
			defer closing(library, &err)
			r := reading{env: e, timeout: *timeout, json: *asJSON, recognise: *recognise}
			return r.into(ctx, library, args)
		}
	},
}

// reading is one run of ingest and how it is shown.
type reading struct {
	*env
	timeout   time.Duration
	json      bool
	quiet     bool          // say nothing of single files
	recognise bool          // pages that are images
	ocrTime   time.Duration // for the images of one file; no limit when 0
	pictures  bool          // there were some that were not read
	bar       *progressbar.ProgressBar
}

// pipeline reads documents in workers. sink may be nil, for extract.
func (r *reading) pipeline(sink ingest.Sink) (*ingest.Pipeline, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	worker := &ingest.Worker{Command: []string{self, workerCommand}, Timeout: r.timeout}
	if !r.recognise {
		worker.Env = []string{noOCR}
	} else if r.ocrTime > 0 {
		worker.Env = []string{ocrTime + "=" + r.ocrTime.String()}
	}
	return &ingest.Pipeline{
		Formats:    formats(r.recognise, r.ocrTime),
		Runner:     worker,
		Containers: containers(worker),
		Sink:       sink, Workers: 2, Log: r.log, Clock: r.clock,
	}, nil
}

// into reads paths into a library and reports.
func (r *reading) into(ctx context.Context, lib *indexer.Library, paths []string) error {
	bags, rest, err := r.bags(paths)
	defer func() { unpacked(bags) }()
	if err != nil {
		return err
	}
	p, err := r.pipeline(renaming{lib, bags})
	if err != nil {
		return err
	}
	out := jsonLines(r.stdout)
	if r.terminal && !r.json {
		r.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(r.stderr), progressbar.OptionSetDescription("reading"),
			progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	}
	var broken error
	p.Progress = func(f ingest.FileReport) {
		if r.json {
			broken = firstError(broken, out.Encode(f))
			return
		}
		r.show(&f)
	}
	rep, err := p.Run(ctx, ingest.Source{Paths: append(originalsOf(bags), rest...)})
	r.clear()
	if err == nil {
		err = r.importBags(ctx, lib, bags)
	}
	if err != nil {
		return err
	}
	if r.json {
		broken = firstError(broken, out.Encode(rep))
	} else {
		fmt.Fprintln(r.stdout, summary(rep))
		if command := toReadScans(ctx); r.pictures && command != "" {
			fmt.Fprintf(r.stdout, "Pages that are pictures are read once this is installed and dalel ingest is run again:\n  %s\n", command)
		}
	}
	if broken != nil {
		return broken
	}
	if rep.Missed() > 0 {
		return errPartial
	}
	return nil
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// show prints a line for each file that a person should look at.
func (r *reading) show(f *ingest.FileReport) {
	if r.bar != nil {
		_ = r.bar.Add(1) // a bar that cannot be drawn is no reason to stop
	}
	if r.quiet && f.Read() || f.Status == corpus.Stored || f.Status == corpus.Duplicate || f.Status == corpus.Updated {
		return
	}
	r.pictures = r.pictures || strings.Contains(f.Reason, "pictures of text")
	r.clear()
	fmt.Fprintf(r.stdout, "%s: %s: %s\n", ingest.Printable(f.Path), f.Status, printable(f.Reason))
}

func (r *reading) clear() {
	if r.bar != nil {
		_ = r.bar.Clear()
	}
}

// summary says what became of all files, in words.
func summary(rep *ingest.Report) string {
	var parts []string
	for _, c := range []struct {
		n    int
		word string
	}{
		{rep.Stored, "stored"},
		{rep.Updated, "read again"},
		{rep.Duplicate, "in the library already"},
		{rep.Doubtful, "stored with doubtful pages"},
		{rep.Unreadable, "unreadable"},
		{rep.Unsupported, "of a format that is not read"},
	} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.word))
		}
	}
	if len(parts) == 0 {
		return "no files"
	}
	return fmt.Sprintf("%s (%.1f s)", strings.Join(parts, ", "), rep.Seconds)
}
