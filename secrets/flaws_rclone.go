package secrets

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seldonctl/seldonctl/internal/spelling"
)

// rcloneTypes are the kinds of storage that rclone 1.64 has, by all names that it
// takes for TYPE. It compares them to the letter.
var rcloneTypes = [...]string{
	typeS3, rcloneGCS, typeGCS, "googlecloudstorage", typeAzure,
	"acd", "alias", "amazon cloud drive", "amazonclouddrive", "b2", "box", "cache", "chunker", "combine", "compress", "crypt",
	"drive", "dropbox", "fichier", "filefabric", "ftp", "google photos", "googlephotos", "gphotos", "hasher", "hdfs", "hidrive", "http",
	"internetarchive", "jottacloud", "koofr", "local", "mailru", "mega", "memory", "netstorage", "onedrive", "oos",
	"opendrive", "oracleobjectstorage", "pcloud", "pikpak", "premiumizeme", "protondrive", "putio", "qingstor", "quatrix", "seafile", "sftp",
	"sharefile", "sia", "smb", "storj", "sugarsync", "swift", "tardigrade", "union", "uptobox", "webdav", "yandex", "zoho",
}

// switches are options that are on or off.
var switches = [...]string{optionEnvAuth, optionAnonymous, optionMSI, optionEmulator}

const (
	optionEnvAuth   = "ENV_AUTH"
	optionAnonymous = "ANONYMOUS"
	optionMSI       = "USE_MSI"
	optionEmulator  = "USE_EMULATOR"
)

// flawOfOption is about the option of an rclone remote; of other variables there
// is nothing to say.
func flawOfOption(key, value string) string {
	_, isType := remoteWithType(key)
	switch {
	case !strings.HasPrefix(key, remotePrefix):
	case checkLine(value) != "":
		return checkLine(value)
	case quoted(value):
		return inQuotes
	case isType && !slices.Contains(rcloneTypes[:], value):
		return "is not a kind of storage that rclone knows, to the letter; " + nearestType(value)
	case isSwitch(key):
		if _, err := strconv.ParseBool(value); err != nil {
			return "must be true or false"
		}
	case strings.HasSuffix(key, "_ENDPOINT") && checkEndpoint(value) == "" && !strings.HasPrefix(value, "http"):
		return "must begin with http:// or https:// in lower case"
	}
	return ""
}

// nearestType says what to write in place of a type that rclone does not know.
func nearestType(value string) string {
	named := storageTypes[:]
	if nearest := spelling.Nearest(strings.ToLower(value), named); nearest != "" {
		return "did you mean " + nearest + "?"
	}
	return "expected " + spelling.Alternatives(named) + ", or another of rclone's"
}

// isSwitch reports whether a key is that of an option which is on or off.
func isSwitch(key string) bool {
	return strings.HasPrefix(key, remotePrefix) && slices.ContainsFunc(switches[:], func(option string) bool { return strings.HasSuffix(key, "_"+option) })
}

// flawOfTemporaryKey is about the ID of temporary keys without the token that
// goes with them.
func flawOfTemporaryKey(key string, values map[string]string) string {
	token := strings.TrimSuffix(key, "ACCESS_KEY_ID") + "SESSION_TOKEN"
	if !strings.HasPrefix(key, remotePrefix) || token == key+"SESSION_TOKEN" || values[token] != "" ||
		!strings.HasPrefix(values[key], "ASIA") || !keyID().MatchString(values[key]) {
		return ""
	}
	return "belongs to temporary keys, which work only with " + token
}
