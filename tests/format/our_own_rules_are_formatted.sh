#!/bin/bash
# The example policies and the standard library are in the one style; a diff says where they are not.
cd "$ROOT" || exit 2
exec vigie fmt --diff rules stdlib
