#!/bin/sh
# Announces the parameter values-files to Argo CD, with the values files that are
# in the application's folder. Prints JSON.
set -eu

default='[]'
if [ -f values.yaml ]; then default='["values.yaml"]'; fi
found=
for file in values*.yaml; do
	# Names that would need escapes in JSON are not offered.
	case $file in
	*[!A-Za-z0-9._-]*) ;;
	*) found="$found $file" ;;
	esac
done
cat <<EOF
[{"name": "values-files", "title": "Values files", "collectionType": "array", "array": $default,
  "tooltip": "Values of Seldon's Helm chart, later files win. Files here:${found:- none}"}]
EOF
