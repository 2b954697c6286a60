/** Dense decompositions and linear solvers as differentiable operations. */
@SuppressWarnings("module") // the modules of qualified exports are compiled after this one
module dini.linalg {
  requires transitive dini.core;
  requires ejml.core;
  requires ejml.ddense;

  exports dini.linalg;
  exports dini.linalg.primitive to
      dini.functional;
  exports dini.linalg.solver to
      dini.functional;
}
