"""Speed measurements (`make bench`) and their yardsticks; no part of the product or of its tests."""
