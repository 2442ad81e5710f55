"""After the talk: who would like a longer one."""
