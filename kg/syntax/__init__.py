"""Grammar that both the finding of mentions and the reading of claims rest on."""
