"""The reference implementations: what each exercise builds, in readable form."""
