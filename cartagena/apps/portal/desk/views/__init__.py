"""The views of the desk; they call `cartagena.apps.drafting.api` and nothing below it."""
