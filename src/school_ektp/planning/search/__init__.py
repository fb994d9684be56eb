"""The search: a plan is built greedily, then torn up and rebuilt in parts again and again."""
