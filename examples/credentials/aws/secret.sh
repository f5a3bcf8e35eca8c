#!/bin/sh
# Writes the Secret from the variables of the AWS tools.
exec seldonctl secret aws aws-models --namespace models --from-env --for-uri s3://example-models/iris
