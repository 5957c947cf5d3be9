// Train learns the weights of the Kazakh stemmer from the development data
// and writes them to the files that the package embeds:
//
//	go run ./corpus/lang/internal/kazakh/train -data "$DALEL_EVAL_DATA" -o corpus/lang/internal/kazakh
//
// With -folds 4 it writes nothing and prints cross-validated figures instead:
// each form is stemmed by a model that has not seen its lemma.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1) //nolint:forbidigo // a tool of its own, not part of the product
	}
}

func run(args []string, out io.Writer) error {
	fs := flag.NewFlagSet("train", flag.ContinueOnError)
	data := fs.String("data", os.Getenv("DALEL_EVAL_DATA"), "folder of the evaluation data")
	dir := fs.String("o", "", "folder to write weights.bin and support.bin to")
	folds := fs.Int("folds", 0, "cross-validate instead")
	rounds := fs.Int("rounds", 2, "rounds of counting support with the model learned so far")
	if err := fs.Parse(args); err != nil {
		return err
	}
	sets, err := loadGold(filepath.Join(*data, "analysis"))
	if err != nil {
		return err
	}
	raw, err := loadText(*data)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "plain text: %d forms\n", len(raw))
	t := newTrainer(sets, raw, *rounds)
	if *folds > 0 {
		t.crossValidate(out, *folds)
		return nil
	}
	return t.write(*dir, out)
}
