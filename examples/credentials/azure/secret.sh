#!/bin/sh
# Writes the Secret from the variables AZ_TENANT_ID, AZ_CLIENT_ID,
# AZ_CLIENT_SECRET and AZ_SUBSCRIPTION_ID.
exec seldonctl secret azure azure-models --namespace models --from-env \
  --for-uri https://examplemodels.blob.core.windows.net/models/iris
