"""Files on tickets: uploaded straight to the object store, looked at before anybody sees them."""
