"""From course and portfolio to one format-neutral Report; `render` turns that into documents."""
