#!/bin/sh
# Prints the files with a SeldonDeployment, in YAML or JSON. An application is the
# plugin's when it prints any. Argo CD asks for applications that name the plugin
# too, with their parameters.
set -eu
. "${0%/*}/inside.sh"

inside "${PARAM_PATH:-models}" path
# Without a match grep fails, and Argo CD takes that for a broken plugin.
grep -rlsE "(^|[[:space:]{,])[\"']?kind[\"']?[[:space:]]*:[[:space:]]*[\"']?SeldonDeployment" "${PARAM_PATH:-models}" || true
