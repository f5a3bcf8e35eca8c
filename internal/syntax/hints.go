package syntax

import "strings"

// syntaxWords is what people are told for a message of the parser.
type syntaxWords struct {
	message, context string
	says, hint       string
	// start says that the place to name is where the construct begins.
	start bool
}

// unexpectedColon is what the parser says of a colon that follows no key.
const unexpectedColon = "mapping values are not allowed"

// syntaxTable has the first match win; an empty context matches any.
func syntaxTable() []syntaxWords {
	return []syntaxWords{
		{"tab character", "", "a tab is used for indentation", "indent with spaces", false},
		{"cannot start any token", "", "a value begins with a character that is reserved in YAML, such as a tab, @, ` or %", "put the value in quotes, or indent with spaces", false},
		{"unexpected end of stream", "quoted scalar", "the quote that is opened here is never closed", "close the quote", true},
		{"unexpected document indicator", "quoted scalar", "the quote that is opened here is not closed before the next document", "close the quote", true},
		{"unknown escape", "", "a double-quoted text has a backslash that begins no known escape", `write \\ for a backslash, or use single quotes`, false},
		{unexpectedColon, "", "unexpected colon: there cannot be a key here", "check the indentation of this line and the one above, and quote a value that holds a colon and a space", false},
		{"could not find expected ':'", "", "this line is not a key with a colon, a list item or a continuation", "add the colon after the key, or indent the line to continue the text above", true},
		{"expected ',' or ']'", "", "the [ that is opened here is not closed", "close it with ], and put a comma between the items", true},
		{"expected ',' or '}'", "", "the { that is opened here is not closed", "close it with }, and put a comma between the entries", true},
		{"did not find expected key", "block mapping", "this line fits neither the mapping around it nor the value above", "check the indentation: keys of one mapping begin at the same column; quote values that begin with a quote, [ or {", false},
		{"expected '-' indicator", "", "this line fits neither the list around it nor its last item", "check the indentation: items of one list begin at the same column", false},
		{"block sequence entries are not allowed", "", "unexpected dash: there cannot be a list item here", "begin the list on a line of its own, or quote the value", false},
		{"expected node content", "", "a value is missing or misplaced here", "", false},
		{"unknown anchor", "", "an alias refers to an anchor that is not in this document", "define the anchor with & before it is used, or quote a value that begins with *", false},
		{"expected <document start>", "", "this line begins further left than those above it", "remove the spaces in front of the lines above", false},
		{"undefined tag handle", "", "a tag is used that is not defined", "quote a value that begins with !", false},
		{"directive", "", "a line that begins with % is not a known directive", "remove the line, or quote the value", false},
	}
}

// Words returns words for a message of the parser, a hint, and whether
// the fault is best shown where the construct around it begins.
func Words(message, context string) (says, hint string, start bool) {
	for _, w := range syntaxTable() {
		if strings.Contains(message, w.message) && strings.Contains(context, w.context) {
			return w.says, w.hint, w.start
		}
	}
	if context != "" {
		return message + ", " + context, "", false
	}
	return message, "", false
}
