package main
import "flag"
import "context"
var benchCmd = command{name: "bench", setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error { return nil }}
var metaCmd = command{name: "meta", setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error { return nil }}
