"""The system on one machine: an emulated cloud, a cache, and the product's own processes under one supervisor."""
