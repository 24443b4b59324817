//! One clause through the versions of its document, and who else uses it.
