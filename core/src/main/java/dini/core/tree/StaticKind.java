package dini.core.tree;

/** Values without a derivative, which are kept as they are. */
enum StaticKind implements Kind {
  STATIC
}
