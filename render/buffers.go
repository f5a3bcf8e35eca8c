package render

// maxKeptBuffer is the size of the largest buffer that is used again.
const maxKeptBuffer = 1 << 20

// buffer returns memory for a text, for recycle to take back.
func (r *Renderer) buffer() *[]byte {
	if buffer, ok := r.buffers.Get().(*[]byte); ok {
		return buffer
	}
	return new([]byte)
}

func (r *Renderer) recycle(buffer *[]byte) {
	if cap(*buffer) <= maxKeptBuffer {
		r.buffers.Put(buffer)
	}
}

// text returns what write appends to an empty buffer.
func (r *Renderer) text(write func([]byte) []byte) string {
	buffer := r.buffer()
	*buffer = write((*buffer)[:0])
	text := string(*buffer)
	r.recycle(buffer)
	return text
}
