package render

import "strings"

// isImage reports whether a container runtime can read the name of an image:
// [HOST[:PORT]/]NAME[:TAG][@DIGEST].
func isImage(s string) bool {
	s, digest, hasDigest := strings.Cut(s, "@")
	name := s
	if host, rest, ok := strings.Cut(s, "/"); ok && isImageHost(host) {
		name = rest
	}
	name, tag, hasTag := strings.Cut(name, ":")
	if hasTag && !isImageTag(tag) || hasDigest && !isImageDigest(digest) {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if !isImagePart(part) {
			return false
		}
	}
	return true
}

// isImageHost tells a registry from the first part of a name: it has a dot, a port
// or capitals, or is localhost.
func isImageHost(s string) bool {
	host, port, hasPort := s, "", false
	if i := strings.LastIndexByte(s, ':'); i > strings.LastIndexByte(s, ']') {
		host, port, hasPort = s[:i], s[i+1:], true
	}
	named := hasPort || strings.ContainsAny(host, ".[") || host == "localhost" || host != strings.ToLower(host)
	return named && host != "" && !strings.ContainsAny(host, " _@") && (!hasPort || port != "" && strings.Trim(port, "0123456789") == "")
}

func isImageTag(s string) bool {
	return s != "" && len(s) <= 128 && s[0] != '.' && s[0] != '-' && all(s, func(c byte) bool { return isLowerOrDigit(c|0x20) || c == '_' || c == '.' || c == '-' })
}

func isImageDigest(s string) bool {
	algorithm, sum, ok := strings.Cut(s, ":")
	return ok && algorithm != "" && len(sum) >= 32 && all(sum, func(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' })
}

// isImagePart wants letters and digits, with separators between them.
func isImagePart(s string) bool {
	return s != "" && isLowerOrDigit(s[0]) && isLowerOrDigit(s[len(s)-1]) && !strings.Contains(s, "..") && !strings.Contains(s, "___") &&
		all(s, func(c byte) bool { return isLowerOrDigit(c) || c == '.' || c == '_' || c == '-' })
}

func isLowerOrDigit(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

func all(s string, is func(byte) bool) bool {
	for i := range len(s) {
		if !is(s[i]) {
			return false
		}
	}
	return true
}
