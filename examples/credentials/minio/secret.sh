#!/bin/sh
# Writes the Secret; the secret key never is an argument.
printenv MINIO_SECRET_KEY |
  exec seldonctl secret minio minio-models --namespace models --for-uri s3://models/iris \
    --endpoint http://minio.minio-system.svc.cluster.local:9000 \
    --access-key-id "$MINIO_ACCESS_KEY" --secret-access-key-file -
