"""Review: every flag becomes a ruling, and every ruling binds what is generated from then on."""
