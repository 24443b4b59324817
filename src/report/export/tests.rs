//! The documentation of the tables is that of their definitions.
