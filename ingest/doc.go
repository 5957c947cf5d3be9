// Package ingest reads files into the library.
//
// A run is a pipeline: sources are walked in order, files inside archives are
// spooled to disk, each document is read by an Extractor in a worker process
// of its own, what it found is numbered and described, and a Sink stores it. A
// file that cannot be read is a line in the report, never the end of the run;
// a Sink that cannot store ends it, with nothing half done.
//
// Every file is hostile: types are told from bytes, never from names; there
// are limits on size, depth, ratio, output, memory and time; and a crash of an
// Extractor costs only the pages after it.
package ingest
