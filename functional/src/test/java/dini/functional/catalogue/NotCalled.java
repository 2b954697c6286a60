package dini.functional.catalogue;

import dini.core.At;
import dini.core.Tensor;
import dini.core.Trees;
import dini.functional.ControlFlow;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations that are not called at random, each with the reason. */
final class NotCalled {
  /** The packages that users can name. */
  static final Set<String> API =
      Set.of(
          "dini.core",
          "dini.linalg",
          "dini.functional",
          "dini.functional.nn",
          "dini.functional.optim",
          "dini.functional.random");

  /** By class or by method, {@code Class.method}. */
  private static final Map<String, String> REASONS = reasons();

  private NotCalled() {}

  private static Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    put(reasons, "works on files, which have tests of damaged ones", "Csv", "Npy", "Npz");
    put(reasons, "sets or tells what computes here", "Dini", "Observer");
    put(
        reasons,
        "makes a part of an argument, and operations are called with such parts",
        "Index",
        "Shape",
        "Axes",
        "ScanOptions",
        "CheckOptions",
        "CheckpointPolicy",
        "Hyperparameter",
        "LeafNames");
    put(
        reasons,
        "needs linear maps, solvers or equations that hold together; their own tests refuse",
        "LinearMap",
        "LinearSolvers",
        "LinearSystems",
        "Implicit",
        "Certificates",
        "Kkt",
        "Unrolling");
    put(
        reasons,
        "takes objects of several steps, such as modules and states; their own tests refuse",
        "Optimizers",
        "Transformations",
        "Schedules",
        "StateDicts",
        "Buffers",
        "BatchNorm",
        "Linear",
        "Sequential");
    put(
        reasons,
        "takes maps or objects of any class, of which dini.core's TreesTest refuses many",
        "Trees.register",
        "Trees.treeFromNamed",
        "Trees.treeLeaves",
        "Trees.treeNamed",
        "Tensors.nested");
    put(
        reasons,
        "wraps a function, whose calls have tests of their own",
        "Checkpoint",
        "CustomDerivatives",
        "Jit",
        "Staged",
        "ZeroOrder",
        "Checks");
    put(reasons, "prints or draws", "Visual", "Debugging");
    return reasons;
  }

  private static void put(Map<String, String> reasons, String why, String... names) {
    for (String name : names) {
      if (reasons.put(name, why) != null) {
        throw new AssertionError(name);
      }
    }
  }

  /** Why a method is not called. */
  static Optional<String> why(Method method) {
    return names(method).stream().filter(REASONS::containsKey).map(REASONS::get).findFirst();
  }

  private static List<String> names(Method method) {
    String subject = method.getDeclaringClass().getSimpleName();
    return List.of(subject, subject + "." + method.getName());
  }

  /** The names that no operation has any more. */
  static List<String> unused(List<Method> operations) {
    Set<String> used = new HashSet<>();
    operations.forEach(each -> used.addAll(names(each)));
    return REASONS.keySet().stream().filter(name -> !used.contains(name)).toList();
  }

  /** What the compiler or Object declares. */
  static boolean isOfJava(Method method) {
    return method.getDeclaringClass().isEnum()
        || Set.of("equals", "hashCode", "toString").contains(method.getName());
  }

  /** Whether numbers count steps, so that large ones would take as long, or tensors choose. */
  static boolean isControl(Method method) {
    return method.getDeclaringClass() == ControlFlow.class || method.getName().equals("safeWhere");
  }

  /**
   * What a refusal begins with: that of a part at is followed by what was done with it, starts in
   * one axis are refused as starts in all, values are read as by toArray or toDouble, and what does
   * not fit in a tree is named by the operation of its leaves.
   */
  static String begin(Method method) {
    if (At.class.isAssignableFrom(method.getDeclaringClass())) {
      return "at";
    }
    String name = method.getName();
    if (method.getDeclaringClass() == Trees.class) {
      return "";
    }
    if (method.getDeclaringClass() == Tensor.class && name.startsWith("to")) {
      return "to";
    }
    if (List.of(method.getParameterTypes()).contains(double[][].class)) {
      return "nested";
    }
    return name.startsWith("dynamic") ? name.replace("InDim", "") : name;
  }
}
