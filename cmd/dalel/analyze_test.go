package main

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// A program that asks and reads by turns would wait for ever if answers were
// kept until the end.
func TestEachLineAnswersAtOnce(t *testing.T) {
	e := testEnv(t)
	asked, ask := io.Pipe()
	answered, answer := io.Pipe()
	e.stdin, e.stdout = asked, answer
	done := make(chan error, 1)
	go func() { done <- eachLine(t.Context(), e, func(s string) any { return s }) }()
	lines := bufio.NewReader(answered)
	for _, line := range []string{"бір", "екі", "үш"} {
		if _, err := io.WriteString(ask, line+"\n"); err != nil {
			t.Fatal(err)
		}
		if got, err := lines.ReadString('\n'); err != nil || got != `"`+line+`"`+"\n" {
			t.Fatalf("asked %q, answered %q, %v", line, got, err)
		}
	}
	if err := errors.Join(ask.Close(), <-done); err != nil {
		t.Error(err)
	}
}

func TestEachLineKeepsAnswersBeforeAnError(t *testing.T) {
	e := testEnv(t)
	var out strings.Builder
	broken := errors.New("broken pipe")
	e.stdout, e.stdin = &out, io.MultiReader(strings.NewReader("a\nb\n"), iotest.ErrReader(broken))
	if err := eachLine(t.Context(), e, func(s string) any { return s }); !errors.Is(err, broken) || out.String() != "\"a\"\n\"b\"\n" {
		t.Errorf("eachLine = %v after %q", err, out.String())
	}
}
