#!/bin/sh
# Installs seldonctl on Linux or macOS:
#
#   curl -fsSLO https://github.com/seldonctl/seldonctl/releases/latest/download/install.sh
#   sh install.sh [--version V] [--dir DIR] [--require-signature] [--from URL-OR-FOLDER] [--key FILE]
#
#   --version V            a release, e.g. v1.2.3, instead of the newest
#   --dir DIR              where the program goes, ~/.local/bin unless given
#   --require-signature    fail where cosign is missing, instead of checking the checksum alone
#   --from URL-OR-FOLDER   a mirror: where the files of that one release are
#   --key FILE             the public key that the mirror signs checksums.txt with
#
# Nothing is installed unless the archive has the checksum of the release. If
# cosign is there, the signature of the checksums is checked first.
set -eu

repository=seldonctl/seldonctl
version=
dir=$HOME/.local/bin
from=
key=
require_signature=

fail() {
	echo "install.sh: $*" >&2
	exit 1
}

need() { command -v "$1" >/dev/null 2>&1; }

while [ $# -gt 0 ]; do
	case $1 in
	--version | --dir | --from | --key)
		[ $# -ge 2 ] || fail "$1 needs a value"
		case $1 in
		--version) version=$2 ;;
		--dir) dir=$2 ;;
		--from) from=$2 ;;
		--key) key=$2 ;;
		esac
		shift 2
		;;
	--require-signature)
		require_signature=1
		shift
		;;
	*) fail "unknown argument $1" ;;
	esac
done

case $(uname -s) in
Linux) os=linux ;;
Darwin) os=darwin ;;
*) fail "no archive for $(uname -s): see the releases of https://github.com/$repository" ;;
esac
case $(uname -m) in
x86_64 | amd64) arch=amd64 ;;
aarch64 | arm64) arch=arm64 ;;
*) fail "no archive for $(uname -m): build it with go install github.com/$repository/cmd/seldonctl@latest" ;;
esac

if [ -z "$from" ]; then
	from=https://github.com/$repository/releases/latest/download
	if [ -n "$version" ]; then from=https://github.com/$repository/releases/download/$version; fi
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

fetch() {
	case $from in
	https://*)
		if need curl; then
			curl -fsSL --proto '=https' --tlsv1.2 -o "$work/$1" "$from/$1"
		elif need wget; then
			wget -q -O "$work/$1" "$from/$1"
		else
			fail "curl or wget is needed"
		fi
		;;
	*://*) fail "$from: expected https or a folder" ;;
	*) cp -- "$from/$1" "$work/$1" ;;
	esac || fail "cannot get $from/$1"
}

fetch checksums.txt
if need cosign; then
	fetch checksums.txt.sigstore.json
	if [ -n "$key" ]; then
		set -- --key "$key" --insecure-ignore-tlog=true
	else
		set -- --certificate-oidc-issuer https://token.actions.githubusercontent.com
		workflow=https://github.com/$repository/.github/workflows/release.yaml
		if [ -n "$version" ]; then
			set -- "$@" --certificate-identity "$workflow@refs/tags/$version"
		else
			set -- "$@" --certificate-identity-regexp "^$workflow@refs/tags/v"
		fi
	fi
	cosign verify-blob "$@" --bundle "$work/checksums.txt.sigstore.json" "$work/checksums.txt" >"$work/cosign.log" 2>&1 || {
		cat "$work/cosign.log" >&2
		fail "the signature of checksums.txt is not valid, or cosign is older than 3.0"
	}
	echo "signature of checksums.txt: valid"
elif [ -n "$require_signature" ] || [ -n "$key" ]; then
	fail "cosign is needed to check the signature: https://github.com/sigstore/cosign"
else
	echo "signature not checked: cosign is not installed" >&2
fi

line=$(grep "_${os}_${arch}\\.tar\\.gz\$" "$work/checksums.txt") || fail "the release has no archive for $os/$arch"
want=${line%% *}
archive=${line##* }
case $archive in
*/* | *..* | -* | '') fail "unexpected name in checksums.txt: $archive" ;;
esac
fetch "$archive"
if need sha256sum; then
	got=$(sha256sum "$work/$archive")
else
	got=$(shasum -a 256 "$work/$archive")
fi
[ "${got%% *}" = "$want" ] || fail "$archive has another checksum than checksums.txt says: expected $want, got ${got%% *}"
echo "checksum of $archive: valid"

mkdir -p "$dir"
tar -xzf "$work/$archive" -C "$work" seldonctl
# In two steps, so that the program is never there in part.
cp "$work/seldonctl" "$dir/.seldonctl.new"
chmod 755 "$dir/.seldonctl.new"
mv -f "$dir/.seldonctl.new" "$dir/seldonctl"
echo "installed $("$dir/seldonctl" --version | head -n 1) as $dir/seldonctl"
case :$PATH: in
*:"$dir":*) ;;
*) echo "$dir is not in PATH" >&2 ;;
esac
