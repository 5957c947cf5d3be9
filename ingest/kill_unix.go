//go:build unix

package ingest

import (
	"os/exec"
	"syscall"
)

// ownGroup gives the worker a process group, so that Ctrl-C reaches only the
// parent, and so that the helper programs of a worker end with it.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
