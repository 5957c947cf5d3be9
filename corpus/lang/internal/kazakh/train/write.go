package main

import "io"

func (t *trainer) write(dir string, out io.Writer) error { return nil }
