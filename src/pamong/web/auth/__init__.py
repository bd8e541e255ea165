"""Sign-in and the second factor: allauth's views, each with a page of ours, and no other."""
