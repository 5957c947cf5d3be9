// Package campaign proves by attack what a library promises: that nothing
// which was acknowledged is lost, and that no answer changes without a word.
// It is tests only. Each campaign is run by one command:
//
//	go test -v -run Kills    ./indexer/campaign    SIGKILL at random, at steps and at system calls
//	go test -v -run Damage   ./indexer/campaign    flipped bits, zeroed pages, cut and deleted files
//	go test -v -run Faults   ./indexer/campaign    steps and syncs that fail; system calls, where strace is
//	go test -v -run FullDisk ./indexer/campaign    a small disk that fills up (as root, on Linux)
//	go test -v -run Soak     ./indexer/campaign    writers and readers at once; under -race
//	go test -v -run Backups  ./indexer/campaign    backups while documents come in, each restored
//	go test -v -run Bombs    ./indexer/campaign    hostile queries
//
// DALEL_ATTACK chooses how long: "" is a taste of each, for every `go test`;
// "short" is for .ci/run; "long" is the whole. A campaign prints one line that
// begins with its name and holds its numbers.
package campaign
