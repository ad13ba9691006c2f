// Whether a process runs, on Windows.
package sandbox

import (
	"errors"

	"golang.org/x/sys/windows"
)

// running says whether there is a process of that number.
func running(pid int) bool {
	handle, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION|windows.SYNCHRONIZE, false, uint32(pid))
	if err != nil {
		return errors.Is(err, windows.ERROR_ACCESS_DENIED)
	}
	defer windows.CloseHandle(handle)
	// A process that has ended can be opened as long as somebody holds it.
	event, err := windows.WaitForSingleObject(handle, 0)
	return err != nil || event == uint32(windows.WAIT_TIMEOUT)
}
