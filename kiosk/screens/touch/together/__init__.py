"""What a group does: raised hands, and the guided tour."""
