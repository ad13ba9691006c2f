// Limits on Windows: a job object bounds the memory of the worker and of what it
// starts, and ends them all together.
package sandbox

import (
	"fmt"
	"os"
	"os/exec"
	"unsafe"

	"golang.org/x/sys/windows"
)

// limitMemory has nothing to do: the job set up by the pool limits us.
func limitMemory(int64) error { return nil }

// prepare gives the worker a process group, so that Ctrl-C reaches only us.
func prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &windows.SysProcAttr{CreationFlags: windows.CREATE_NEW_PROCESS_GROUP, HideWindow: true}
}

type leash struct{ job windows.Handle }

// tie puts the process into a job. It has had no request yet, so that nothing
// can have been started outside the job.
func tie(process *os.Process, memory int64) (leash, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return leash{}, fmt.Errorf("create a job: %w", err)
	}
	l := leash{job}
	info := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{
		BasicLimitInformation: windows.JOBOBJECT_BASIC_LIMIT_INFORMATION{
			LimitFlags: windows.JOB_OBJECT_LIMIT_PROCESS_MEMORY |
				windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE |
				windows.JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION,
		},
		ProcessMemoryLimit: uintptr(memory),
	}
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info)))
	if err != nil {
		l.release()
		return leash{}, fmt.Errorf("limit the job: %w", err)
	}
	handle, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(process.Pid))
	if err != nil {
		l.release()
		return leash{}, fmt.Errorf("open the process: %w", err)
	}
	defer windows.CloseHandle(handle)
	if err := windows.AssignProcessToJobObject(job, handle); err != nil {
		l.release()
		return leash{}, fmt.Errorf("put the process into the job: %w", err)
	}
	return l, nil
}

// memory is not asked for: the job enforces the limit itself.
func (l leash) memory() int64 { return 0 }

// taken is not asked for either: a worker that lacks memory is replaced.
func (l leash) taken() int64 { return 0 }

func (l leash) kill() { _ = windows.TerminateJobObject(l.job, 1) }

func (l leash) release() { _ = windows.CloseHandle(l.job) }

// killedBySystem: Windows fails the allocation instead, and Go says so.
func killedBySystem(*os.ProcessState) bool { return false }
