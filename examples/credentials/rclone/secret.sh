#!/bin/sh
# Writes the Secret from the variables of the AWS tools. The remote is called s3
# because the modelUri begins with s3://.
exec seldonctl secret rclone rclone-models --namespace models --type s3 --from-env --for-uri s3://example-models/iris
