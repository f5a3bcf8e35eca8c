#!/bin/sh
# Renders an application of Argo CD, in its folder. Argo CD takes what is on
# standard output, shows what is on standard error to users (seldonctl never
# writes secrets there) and removes what is missing: that is why seldonctl fails
# when there is nothing to write.
#
# Whoever writes the application does not own the sidecar: --confine keeps the run
# in the application's folder, and away from the sidecar's variables.
set -eu
. "${0%/*}/inside.sh"

# given reports whether a parameter is true.
given() {
	case $1 in
	true) return 0 ;;
	'' | false) return 1 ;;
	esac
	echo "error: the parameter $2 must be true or false" >&2
	exit 1
}

inside "${PARAM_PATH:-models}" path
set -- render --confine . -R -f "${PARAM_PATH:-models}" --sync-waves \
	--seldon-version "${PARAM_SELDON_VERSION:-1.7.0}" "--validate=${PARAM_VALIDATE:-strict}"
if [ -n "${ARGOCD_APP_NAMESPACE:-}" ]; then set -- "$@" --namespace "$ARGOCD_APP_NAMESPACE"; fi
if [ -n "${KUBE_VERSION:-}" ]; then set -- "$@" --kube-version "$KUBE_VERSION"; fi
if given "${PARAM_SERVER_SIDE_APPLY:-}" server-side-apply; then set -- "$@" --server-side-apply; fi
if given "${PARAM_STRICT:-}" strict; then set -- "$@" --strict; fi

# Parameters that are lists come as PARAM_VALUES_FILES_0, _1 and so on.
n=0
while eval "file=\${PARAM_VALUES_FILES_$n:-}" && [ -n "$file" ]; do
	inside "$file" values-files
	set -- "$@" --values "$file"
	n=$((n + 1))
done
if [ "$n" = 0 ] && [ -f values.yaml ]; then set -- "$@" --values values.yaml; fi
n=0
while eval "value=\${PARAM_SET_$n:-}" && [ -n "$value" ]; do
	set -- "$@" --set "$value"
	n=$((n + 1))
done

if [ -z "${PARAM_VALUES:-}" ]; then exec seldonctl "$@"; fi
printf '%s\n' "$PARAM_VALUES" | seldonctl "$@" --values -
