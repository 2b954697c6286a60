package dini.functional.catalogue;

import dini.core.DType;
import dini.core.Elementwise;
import dini.core.Reductions;
import dini.core.Shapes;
import dini.core.Tensor;
import dini.core.Tensors;
import dini.core.Trees;
import dini.functional.F3;
import dini.functional.Scan;
import dini.functional.WithAux;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Functions as arguments: some that fit, some of other types or shapes, one that reads values, and
 * one that throws. Whatever they do, they give what their Java types promise.
 */
final class BadFunctions {
  /** What the drawn functions themselves throw: the one failure that passes through. */
  static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Thrown() {
      super("thrown by the function");
    }
  }

  /** Of each kind of function, how many arguments it takes. */
  private static final Map<Type, Integer> ARGUMENTS =
      Map.of(
          Function.class,
          1,
          UnaryOperator.class,
          1,
          BiFunction.class,
          2,
          BinaryOperator.class,
          2,
          F3.class,
          3);

  private static final int CHOICES = 10;

  private BadFunctions() {}

  static boolean isKnown(ParameterizedType type) {
    return ARGUMENTS.containsKey(type.getRawType()) && isResult(BadArguments.bound(result(type)));
  }

  private static boolean isResult(Type type) {
    return type == Tensor.class
        || type instanceof TypeVariable<?>
        || type instanceof ParameterizedType generic
            && (generic.getRawType() == Scan.class || generic.getRawType() == WithAux.class);
  }

  private static Type result(ParameterizedType type) {
    return type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
  }

  static Object of(ParameterizedType type, SplittableRandom random) {
    Type[] own = type.getActualTypeArguments();
    Type result = BadArguments.bound(result(type));
    Type[] taken = new Type[ARGUMENTS.get(type.getRawType())];
    Arrays.setAll(taken, i -> BadArguments.bound(own[Math.min(i, own.length - 1)]));
    int choice = random.nextInt(CHOICES);
    if (type.getRawType() == UnaryOperator.class) {
      return (UnaryOperator<Object>) x -> given(result, choice, taken, x);
    }
    if (type.getRawType() == BinaryOperator.class) {
      return (BinaryOperator<Object>) (x, y) -> given(result, choice, taken, x, y);
    }
    if (type.getRawType() == F3.class) {
      return (F3<Object, Object, Object, Object>)
          (x, y, z) -> given(result, choice, taken, x, y, z);
    }
    return taken.length == 1
        ? (Function<Object, Object>) x -> given(result, choice, taken, x)
        : (BiFunction<Object, Object, Object>) (x, y) -> given(result, choice, taken, x, y);
  }

  private static Object given(Type result, int choice, Type[] taken, Object... arguments) {
    if (choice == 0) {
      throw new Thrown();
    }
    return switch (result) {
      case ParameterizedType pair -> {
        Type first = BadArguments.bound(pair.getActualTypeArguments()[0]);
        Object one = given(first, choice, taken, arguments);
        Object other = changed(arguments[arguments.length - 1], choice);
        yield pair.getRawType() == Scan.class ? new Scan<>(one, other) : new WithAux<>(one, other);
      }
      case TypeVariable<?> variable -> changed(of(variable, taken, arguments), choice);
      default -> tensor(choice, arguments);
    };
  }

  /** The argument of that type, or any. */
  private static Object of(TypeVariable<?> variable, Type[] taken, Object... arguments) {
    for (int i = taken.length - 1; i >= 0; i--) {
      if (taken[i].equals(variable)) {
        return arguments[i];
      }
    }
    return arguments[arguments.length - 1];
  }

  /** A tree of the same Java type. */
  private static Object changed(Object tree, int choice) {
    return switch (choice) {
      case 1, 2, 3, 4 -> Trees.treeMap(x -> x.dtype().isFloating() ? x.mul(2) : x, tree);
      case 5 -> Trees.treeMap(x -> Shapes.expandDims(x, 0), tree);
      case 6 -> Trees.treeMap(x -> x.astype(DType.FLOAT32), tree);
      case 7 -> tree instanceof List<?> ? List.of(Tensors.ones(2)) : Tensors.ones(2);
      case 8 -> read(tree);
      default -> tree;
    };
  }

  private static Tensor tensor(int choice, Object... arguments) {
    return switch (choice) {
      case 1, 2 -> total(arguments);
      case 3, 4 -> total(arguments).gt(1e6); // never, so that loops end
      case 5 -> Tensors.ones(2, 1);
      case 6 -> total(arguments).astype(DType.INT32);
      case 7 -> total(arguments).astype(DType.FLOAT32);
      case 8 -> total(read(arguments[0]));
      default -> Trees.treeLeaves(arguments).stream().findFirst().orElse(Tensors.scalar(1));
    };
  }

  private static Object read(Object tree) {
    for (Tensor leaf : Trees.treeLeaves(tree)) {
      leaf.astype(DType.FLOAT64).toArray();
    }
    return tree;
  }

  /** A smooth function of all floating leaves, never above their number. */
  private static Tensor total(Object... arguments) {
    Tensor sum = Tensors.scalar(0);
    for (Tensor leaf : Trees.treeLeaves(arguments)) {
      Tensor wide = leaf.astype(DType.FLOAT64);
      sum = sum.add(Reductions.sum(Elementwise.tanh(wide)));
    }
    return sum;
  }
}
