package source

import (
	"bytes"
	"context"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/seldonctl/seldonctl/finding"
)

const (
	// maxKept is how many bytes of small files are kept for the next pass: a thousand
	// manifests several times over.
	maxKept = 8 << 20
	// maxKeptFile is the size of a small file.
	maxKeptFile = 256 << 10
	// fewFiles are read one after the other.
	fewFiles = 8
)

// keptFile is a small file that was read: to open one costs more than to read it.
type keptFile struct {
	data []byte
	// outlines are its documents; nil unless all of them are known by their headers.
	outlines []outline
}

// outline is a document that is known by its header.
type outline struct {
	header
	line, column int
	raw          []byte
}

// outlineSize is about what an outline takes besides its text.
const outlineSize = 128

// keep reads the files of a pass that are small, on all cores, until there are
// enough of them.
func (in *Inputs) keep(ctx context.Context) {
	found := make([]*keptFile, len(in.files))
	var next, kept atomic.Int64
	read := func() {
		s := in.splitter()
		for kept.Load() < maxKept && ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= len(in.files) {
				return
			}
			if f := in.readSmall(in.files[i]); f != nil {
				f.cut(s)
				found[i] = f
				kept.Add(int64(2*len(f.data) + outlineSize*len(f.outlines)))
			}
		}
	}
	var workers sync.WaitGroup
	if len(in.files) > fewFiles {
		for range runtime.GOMAXPROCS(0) - 1 {
			workers.Go(read)
		}
	}
	read()
	workers.Wait()
	for i, f := range found {
		if f != nil {
			in.kept[in.files[i]] = f
		}
	}
}

// readSmall returns a small file, and nil for anything else: whoever reads that
// finds out what it is.
func (in *Inputs) readSmall(name string) *keptFile {
	if name == "-" {
		return nil
	}
	info, err := in.opts.Files.Stat(name)
	// Files that the system makes up have no size until they are read.
	if err != nil || !info.Mode().IsRegular() || info.Size() == 0 || info.Size() > maxKeptFile {
		return nil
	}
	f, err := in.opts.Files.Open(name)
	if err != nil {
		return nil
	}
	data := make([]byte, info.Size())
	n, err := io.ReadFull(f, data)
	// A file that has become shorter has been read as well.
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	if f.Close() != nil || err != nil {
		return nil
	}
	return &keptFile{data: data[:n]}
}

// cut finds the outlines. Findings and the items of lists come of reading all of
// the text, which is for the pass to do.
func (f *keptFile) cut(s *splitter) {
	outlines := []outline{}
	s.open(bytes.NewReader(f.data), len(f.data))
	if documents(context.Background(), "", s, func(d *Document, fault *finding.Finding) bool {
		if fault != nil || d.root != nil || outlineSize*len(outlines) > len(f.data) {
			return false
		}
		outlines = append(outlines, outline{header{d.APIVersion, d.Kind, d.Namespace, d.Name}, d.Line, d.column, d.Raw})
		return true
	}) {
		f.outlines = outlines
	}
}

// document returns the document as if it was read.
func (o *outline) document(file string) *Document {
	return &Document{
		File: file, Line: o.line, column: o.column, Raw: o.raw,
		APIVersion: o.apiVersion, Kind: o.kind, Namespace: o.namespace, Name: o.name,
	}
}
