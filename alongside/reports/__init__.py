"""Reports: reads that several surfaces share; no models."""
