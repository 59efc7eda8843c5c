"""Which results are out of date (结果版本): what a result depends on, and what a newer program will judge anew."""
