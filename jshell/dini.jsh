// Start-up file of JShell, after mvn -q -DskipTests package, from the root of the project:
// jshell --module-path examples/target/modules --add-modules dini.functional --startup DEFAULT --startup jshell/dini.jsh
import dini.core.*;
import dini.functional.*;
import dini.functional.nn.*;
import dini.functional.optim.*;
import dini.functional.random.*;
import dini.linalg.*;
import java.util.function.*;

import static dini.core.Comparisons.*;
import static dini.core.Elementwise.*;
import static dini.core.Index.*;
import static dini.core.Indexing.*;
import static dini.core.Products.*;
import static dini.core.Reductions.*;
import static dini.core.Shapes.*;
import static dini.core.Tensors.*;
import static dini.core.Trees.*;
import static dini.functional.Checkpoint.*;
import static dini.functional.Implicit.*;
import static dini.functional.Jacobians.*;
import static dini.functional.Transforms.*;
import static dini.functional.Unrolling.*;
import static dini.functional.Visual.*;
import static dini.linalg.LinearAlgebra.*;
import static dini.linalg.LinearSolvers.*;
import static dini.linalg.LinearSystems.*;
