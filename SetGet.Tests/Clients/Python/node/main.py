# Calls the example of docs/clients.md: address, API key, webhook key.
import sys

from example import read_order

print(read_order(*sys.argv[1:]))
