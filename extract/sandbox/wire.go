// What goes through the pipes between pool and worker: frames of one byte kind,
// four bytes length (big endian) and that many bytes.
package sandbox

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

const (
	frameHello   = 'h' // worker: ready; payload: protocol version
	frameRequest = 'q' // pool: a Request, see encodeRequest
	frameReply   = 'r' // worker: the handler's bytes
	frameError   = 'e' // worker: a JSON of wireError
	frameExtend  = 'x' // worker: more time; payload: nanoseconds, 8 bytes
)

// protocol changes whenever the frames do; both sides are one program, so this
// only catches a binary that was replaced while it ran.
const protocol = "baocao-worker-2"

// maxFrame bounds a frame: larger than any document's text can be.
const maxFrame = 512 << 20

// pipeBuffer is what is read from a pipe at once: as much as a pipe holds.
const pipeBuffer = 64 << 10

var errFrame = errors.New("malformed frame")

func writeFrame(w io.Writer, kind byte, payload []byte) error {
	if len(payload) > maxFrame {
		return fmt.Errorf("frame of %d bytes: %w", len(payload), errFrame)
	}
	// One write: every wake-up of the other side costs more than a copy.
	frame := make([]byte, 0, 5+len(payload))
	frame = append(frame, kind)
	frame = binary.BigEndian.AppendUint32(frame, uint32(len(payload)))
	_, err := w.Write(append(frame, payload...))
	return err
}

// readFrame reads one frame. The announced length is not trusted: memory grows
// only as bytes arrive.
func readFrame(r io.Reader) (kind byte, payload []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	length := int64(binary.BigEndian.Uint32(head[1:]))
	if length > maxFrame {
		return 0, nil, fmt.Errorf("frame of %d bytes: %w", length, errFrame)
	}
	var buffer bytes.Buffer
	buffer.Grow(int(min(length, 1<<20)) + bytes.MinRead) // ReadFrom wants to see the end before it is full
	n, err := io.Copy(&buffer, io.LimitReader(r, length))
	if err != nil {
		return 0, nil, err
	}
	if n < length {
		return 0, nil, io.ErrUnexpectedEOF
	}
	return head[0], buffer.Bytes(), nil
}

// wireError is an error on its way to the other process.
type wireError struct {
	Message string   `json:"message"`
	Is      []string `json:"is,omitempty"` // names of the sentinels it wraps
}

func encodeError(err error, sentinels []sentinel) ([]byte, error) {
	wire := wireError{Message: err.Error()}
	for _, s := range sentinels {
		if errors.Is(err, s.err) {
			wire.Is = append(wire.Is, s.name)
		}
	}
	return json.Marshal(wire)
}

// decodeError rebuilds an error: the same words, the same sentinels.
func decodeError(data []byte, sentinels []sentinel) error {
	var wire wireError
	if err := json.Unmarshal(data, &wire); err != nil {
		return fmt.Errorf("error from worker: %w", err)
	}
	out := &remoteError{message: wire.Message}
	for _, name := range wire.Is {
		for _, s := range sentinels {
			if s.name == name {
				out.causes = append(out.causes, s.err)
			}
		}
	}
	return out
}

type remoteError struct {
	message string
	causes  []error
}

func (e *remoteError) Error() string   { return e.message }
func (e *remoteError) Unwrap() []error { return e.causes }
