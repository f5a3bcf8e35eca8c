#!/bin/sh
# Writes the Secret and the ServiceAccount from the key file that
# GOOGLE_APPLICATION_CREDENTIALS names.
exec seldonctl secret gcp gcp-models --namespace models --from-env --for-uri gs://example-models/iris
