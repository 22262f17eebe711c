"""The desk of moderators, mayors' offices, editors and operators."""
