"""Paper: the plan as a person holds it, in sentences, frames and files."""
