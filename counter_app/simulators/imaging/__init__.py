"""A document camera and a document scanner made of software: a picture at an address, and eSCL."""
