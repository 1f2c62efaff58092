"""A conversation: one message in, one reply out, and the little that is kept between the two."""
