/** Transformations of functions: gradients, batching, implicit differentiation, and their users. */
module dini.functional {
  requires transitive dini.linalg;

  exports dini.functional;
  exports dini.functional.nn;
  exports dini.functional.optim;
  exports dini.functional.random;
}
