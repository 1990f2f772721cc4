#!/bin/sh
# Builds the FerretDB that tests use, where they look for it. A minute or two the first time; needs Go 1.24.3 or later.
set -eu
cd "$(dirname "$0")"
CGO_ENABLED=0 go build -trimpath -o ../../../node_modules/.cache/ferretdb/ferretdb .
