package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"iter"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/files"
)

// Options say how inputs are read.
type Options struct {
	// Recursive looks into the folders below the folders that are named.
	Recursive bool
	// Exclude are patterns of path.Match for what is left out of folders: of names,
	// or of paths from the folder that is named if they have a slash.
	Exclude []string
	// Stdin is what "-" stands for; nil is an empty input.
	Stdin io.Reader
	// Files opens what is named; nil opens any file.
	Files *files.Opener
	// MaxDocument is the size in bytes beyond which a document is refused; 0 is the
	// usual one.
	MaxDocument int
}

// Inputs are the files and folders that a user named. Close them after use.
type Inputs struct {
	names []string
	opts  Options
	// files and faults are the result of looking into folders, done once.
	files  []string
	faults finding.List
	listed bool
	// spools keep what can be read only once.
	spools map[string]*spool
	// kept are small files, kept when they were read first.
	kept map[string]*keptFile
}

// Open returns the inputs of these names: files, folders of which *.yaml, *.yml
// and *.json are read in the order of their names, and "-" for standard input.
// Kustomizations in folders, and folders whose names begin with a dot, are left
// out with a note.
// Nothing is read yet; what cannot be read becomes a finding of Documents.
func Open(names []string, opts Options) *Inputs {
	if opts.Files == nil {
		opts.Files = &files.Opener{}
	}
	return &Inputs{names: names, opts: opts, spools: map[string]*spool{}, kept: map[string]*keptFile{}}
}

// Close frees what was kept of inputs that can be read only once.
func (in *Inputs) Close() error {
	var errs []error
	for _, s := range in.spools {
		errs = append(errs, s.close())
	}
	return errors.Join(errs...)
}

// Documents yields the documents of all inputs in order, or a finding in place
// of each that cannot be read, and goes on after it. It may be called again and
// yields the same documents, also those of standard input and pipes. When the
// context is done the sequence ends.
func (in *Inputs) Documents(ctx context.Context) iter.Seq2[*Document, *finding.Finding] {
	return func(yield func(*Document, *finding.Finding) bool) {
		if !in.listed {
			in.files, in.faults = listFiles(in.names, in.opts)
			in.listed = true
			in.keep(ctx)
		}
		for _, f := range in.faults {
			if !yield(nil, &f) {
				return
			}
		}
		s := in.splitter()
		for _, name := range in.files {
			if !in.file(ctx, name, s, yield) {
				return
			}
		}
	}
}

// Contents yields the name and the content of each file of which Documents yields
// the documents, once it was called. Files that cannot be read are left out.
func (in *Inputs) Contents() iter.Seq2[string, io.Reader] {
	return func(yield func(string, io.Reader) bool) {
		for _, name := range in.files {
			r, err := in.open(name)
			if err != nil {
				continue
			}
			more := yield(name, r)
			// A file that was read to its end has nothing to lose by a failing close.
			_ = r.Close()
			if !more {
				return
			}
		}
	}
}

// file yields the documents of one file, cut by s; it answers false to end the
// sequence.
func (in *Inputs) file(ctx context.Context, name string, s *splitter, yield func(*Document, *finding.Finding) bool) bool {
	if kept := in.kept[name]; kept != nil && kept.outlines != nil {
		for i := range kept.outlines {
			if ctx.Err() != nil || !yield(kept.outlines[i].document(name), nil) {
				return false
			}
		}
		return true
	}
	r, err := in.open(name)
	if err != nil {
		f := Unreadable(name, err)
		return yield(nil, &f)
	}
	// A file that was read to its end has nothing to lose by a failing close.
	defer func() { _ = r.Close() }()
	s.open(r, readBuffer)
	return documents(ctx, name, s, yield)
}

// Text yields the documents of a text as [Inputs.Documents] does those of a file.
// The name is that of the file in findings; it may be empty.
func Text(name string, text []byte) iter.Seq2[*Document, *finding.Finding] {
	return func(yield func(*Document, *finding.Finding) bool) {
		s := newSplitter()
		s.open(bytes.NewReader(text), len(text))
		documents(context.Background(), name, s, yield)
	}
}

// All returns the documents of a text and what is wrong with the others.
func All(name string, text []byte) (docs []*Document, findings finding.List) {
	for doc, fault := range Text(name, text) {
		if fault != nil {
			findings = append(findings, *fault)
		} else {
			docs = append(docs, doc)
		}
	}
	return docs, findings
}

// documents yields the documents of the stream that s has opened; it answers
// false to end the sequence.
func documents(ctx context.Context, name string, s *splitter, yield func(*Document, *finding.Finding) bool) bool {
	if s.utf16() {
		f := finding.New(finding.NotUTF8, nil, "the file is UTF-16 or binary").
			WithHint("save it as UTF-8").At(finding.Position{File: name})
		return yield(nil, &f)
	}
	faults, full := 0, false
	bounded := func(d *Document, f *finding.Finding) bool {
		if f != nil && f.Severity == finding.Error {
			if faults++; faults > maxFaults {
				rest := finding.New(finding.TooLarge, nil, "the file has more than %d documents; the rest is not read", maxFaults).At(f.Pos)
				full = yield(nil, &rest)
				return false
			}
		}
		return yield(d, f)
	}
	for ctx.Err() == nil {
		c, err := s.next()
		switch {
		case err == io.EOF:
			return true
		case errors.Is(err, errTooLarge):
			f := finding.New(finding.TooLarge, nil, "the document is larger than %d MiB; the rest of the file is not read", s.limit>>20).
				WithHint("split the document").At(finding.Position{File: name, Line: c.line, Column: c.column + 1})
			return yield(nil, &f)
		case err != nil:
			f := Unreadable(name, err)
			return yield(nil, &f)
		}
		d := &Document{File: name, Line: c.line, Raw: c.text, column: c.column}
		if !d.identify(bounded) {
			return full
		}
	}
	return false
}

func (in *Inputs) splitter() *splitter {
	s := newSplitter()
	s.limit = cmp.Or(in.opts.MaxDocument, maxDocument)
	return s
}

// open returns a reader of the file from its beginning.
func (in *Inputs) open(name string) (io.ReadCloser, error) {
	if s := in.spools[name]; s != nil {
		return s.reader(), nil
	}
	if kept := in.kept[name]; kept != nil {
		return io.NopCloser(bytes.NewReader(kept.data)), nil
	}
	if name == "-" {
		if in.opts.Stdin == nil {
			return io.NopCloser(eof{}), nil
		}
		in.spools[name] = &spool{src: io.NopCloser(in.opts.Stdin)}
		return in.spools[name].reader(), nil
	}
	f, err := in.opts.Files.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errors.New("is a folder")
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if info.Mode().IsRegular() {
		return f, nil
	}
	in.spools[name] = &spool{src: f}
	return in.spools[name].reader(), nil
}

type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }
