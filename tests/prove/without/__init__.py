"""The portal with one guard taken out: each module is served instead of ddat.wsgi, as a control."""
