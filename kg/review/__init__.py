"""What a reviewer is asked: which agents may be one, and which claims are least certain."""
