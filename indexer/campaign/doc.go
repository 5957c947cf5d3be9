// Package campaign proves by attack what a library promises: that nothing
// which was acknowledged is lost, and that no answer changes without a word.
// It is tests only. Each campaign is run by one command:
//
//	go test -v -run Kills    ./indexer/campaign    SIGKILL at random, at steps and at system calls
//	go test -v -run Damage   ./indexer/campaign    flipped bits, zeroed pages, cut and deleted files
//	go test -v -run FullDisk ./indexer/campaign    a small disk that fills up (as root, on Linux)
//	go test -v -run Second   ./indexer/campaign    a library that another process has open
//	go test -v -run Cancel   ./indexer/campaign    searches that are broken off
//	go test -v -run Soak     ./indexer/campaign    4 writers and 16 readers at once; under -race
//
// DALEL_ATTACK chooses how long: "" is a taste of each, for every `go test`;
// "short" is for .ci/run; "long" is the whole. A campaign prints one line that
// begins with its name and holds its numbers.
package campaign
