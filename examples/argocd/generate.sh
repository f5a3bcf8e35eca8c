#!/bin/sh
# Renders an application of Argo CD, in its folder. Argo CD takes what is on
# standard output, shows what is on standard error to users (seldonctl never
# writes secrets there) and removes what is missing: that is why seldonctl fails
# when there is nothing to write.
#
# Whoever writes the application does not own the sidecar: --confine keeps the run
# in the application's folder, and away from the sidecar's variables.
set -eu

# inside refuses a parameter that leads out of the folder, or is not a name.
inside() {
	case $1 in
	/* | .. | ../* | */.. | */../* | -*)
		echo "error: the parameter $2 must name something in the application's folder" >&2
		exit 1
		;;
	esac
}

inside "${PARAM_PATH:-models}" path
set -- render --confine . -R -f "${PARAM_PATH:-models}" --sync-waves \
	--seldon-version "${PARAM_SELDON_VERSION:-1.7.0}"
if [ -n "${ARGOCD_APP_NAMESPACE:-}" ]; then set -- "$@" --namespace "$ARGOCD_APP_NAMESPACE"; fi
if [ -n "${KUBE_VERSION:-}" ]; then set -- "$@" --kube-version "$KUBE_VERSION"; fi

# The parameter values-files comes as PARAM_VALUES_FILES_0, _1 and so on.
n=0
while eval "file=\${PARAM_VALUES_FILES_$n:-}" && [ -n "$file" ]; do
	inside "$file" values-files
	set -- "$@" --values "$file"
	n=$((n + 1))
done
if [ "$n" = 0 ] && [ -f values.yaml ]; then set -- "$@" --values values.yaml; fi

exec seldonctl "$@"
