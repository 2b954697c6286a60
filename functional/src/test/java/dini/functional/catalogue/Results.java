package dini.functional.catalogue;

import dini.core.Program;
import dini.core.Tensor;
import dini.core.TensorType;
import dini.core.Trees;
import dini.core.tree.Structure;
import dini.functional.F3;
import dini.functional.Linearized;
import dini.functional.Vjp;
import dini.functional.WithAux;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tensors in what an operation gave; a function that it gave is called. */
final class Results {
  private Results() {}

  @SuppressWarnings("unchecked")
  static List<Tensor> of(Type type, Object result, BadArguments random) {
    return switch (result) {
      case Function<?, ?> f -> {
        Object x = random.argument(((ParameterizedType) type).getActualTypeArguments()[0]);
        yield of(result(type), ((Function<Object, Object>) f).apply(x), random);
      }
      case BiFunction<?, ?, ?> f -> {
        Object[] xs = passed(type, 2, random);
        yield of(
            result(type), ((BiFunction<Object, Object, Object>) f).apply(xs[0], xs[1]), random);
      }
      case F3<?, ?, ?, ?> f -> {
        Object[] xs = passed(type, 3, random);
        yield of(
            result(type),
            ((F3<Object, Object, Object, Object>) f).apply(xs[0], xs[1], xs[2]),
            random);
      }
      case WithAux<?, ?>(Object value, Object aux) ->
          Stream.of(value, aux).flatMap(each -> of(type, each, random).stream()).toList();
      case Vjp<?, ?> vjp -> {
        Object cotangent = vjp.value();
        Object pulled = ((Function<Object, Object>) vjp.pullback()).apply(cotangent);
        yield leaves(List.of(cotangent, pulled));
      }
      case Linearized<?, ?> linearized -> leaves(linearized.value());
      case Trees.Raveled<?> raveled -> List.of(raveled.vector());
      case Program _ -> List.of();
      default -> isTree(result) ? leaves(result) : List.of();
    };
  }

  private static Object[] passed(Type type, int count, BadArguments random) {
    return random.of(Arrays.copyOf(((ParameterizedType) type).getActualTypeArguments(), count));
  }

  private static Type result(Type type) {
    Type[] own = ((ParameterizedType) type).getActualTypeArguments();
    return own[own.length - 1];
  }

  private static boolean isTree(Object result) {
    return result instanceof Tensor
        || result instanceof List<?>
        || result instanceof Record && !(result instanceof TensorType);
  }

  private static List<Tensor> leaves(Object tree) {
    return List.of(Structure.flatten(tree).leaves());
  }
}
