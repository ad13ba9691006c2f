// The folders for temporary files of workers. A worker that ends, however it
// ends, leaves its folder to the pool to remove; a pool that was killed leaves
// its folders to the next one.
package sandbox

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// tempPrefix begins the name of every such folder; the number of the process
// whose pool made it follows.
const tempPrefix = "baocao-worker-"

func makeTemp() (string, error) {
	return os.MkdirTemp("", fmt.Sprintf("%s%d-", tempPrefix, os.Getpid()))
}

// sweep removes the folders in dir whose process is gone. What cannot be removed
// is left: it may belong to another user.
func sweep(dir string) {
	folders, err := filepath.Glob(filepath.Join(dir, tempPrefix+"*"))
	if err != nil {
		return // the pattern is malformed by the folder's name
	}
	for _, folder := range folders {
		number, _, ok := strings.Cut(strings.TrimPrefix(filepath.Base(folder), tempPrefix), "-")
		pid, err := strconv.Atoi(number)
		if ok && err == nil && pid > 0 && !running(pid) {
			_ = os.RemoveAll(folder)
		}
	}
}
