package ingest

// WorkerEnvironment is what a worker sees, for the test.
func WorkerEnvironment() []string { return environment(defaultMemory) }
