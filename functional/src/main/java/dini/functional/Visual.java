package dini.functional;

import dini.core.LinearMap;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.core.Trees;
import dini.core.compile.Simplifier;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.core.tree.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Pictures of computations, as text in the language of Graphviz: {@code dot -Tsvg graph.dot -o
 * graph.svg} draws them.
 *
 * <pre>{@code
 * String graph = makeDot(params -> loss(params, batch), params);
 * String derivative = makeDot(linearize(p -> loss(p, batch), params).map());
 * }</pre>
 *
 * <p>Arguments are blue ellipses with the names of their leaves ({@link Trees#treeNamed}), which
 * begin with the number of the argument, {@code 2.weight}, where two would be the same; captured
 * values orange ones (a single number is shown), results green ones; operations are boxes with
 * their static parameters. An edge carries a tensor and shows its dtype and shape; the operands of
 * an operation come in from left to right. The map inside a linear solve is a graph in a frame, and
 * so are the bodies of loops, the branches of choices, and functions with derivatives of their own.
 * The same function gives the same text.
 */
public final class Visual {
  private Visual() {}

  /**
   * The graph of a function: the operations of {@link Transforms#makeProgram}. A derivative is a
   * function like others, so {@code makeDot(grad(f), x)} shows the operations of a gradient.
   *
   * @param f the function; it cannot read values
   * @param example an argument of the right structure, shapes and dtypes
   * @param <X> the tree of its argument
   * @return the text of a {@code digraph}
   * @throws TreeException if argument or result is null or has a class that no tree can hold
   * @throws TracerException if the function reads values
   */
  public static <X> String makeDot(Function<? super X, ?> f, X example) {
    Tree<X> tree = Tree.of(example);
    return graph(
        leaves -> f.apply(tree.with(leaves)), tree.leaves(), names("argument", example), false);
  }

  /**
   * The graph of a function of two arguments.
   *
   * @param f the function; it cannot read values
   * @param x a first argument of the right structure, shapes and dtypes
   * @param a a second argument of the right structure, shapes and dtypes
   * @param <X> the tree of its first argument
   * @param <A> the tree of its second argument
   * @return the text of a {@code digraph}
   * @throws TreeException if an argument or the result is null or has a class that no tree can hold
   * @throws TracerException if the function reads values
   */
  public static <X, A> String makeDot(BiFunction<? super X, ? super A, ?> f, X x, A a) {
    Arguments arguments = Arguments.of(x, a);
    return arguments.graph(
        leaves -> f.apply(arguments.get(0, x, leaves), arguments.get(1, a, leaves)));
  }

  /**
   * The graph of a function of three arguments.
   *
   * @param f the function; it cannot read values
   * @param x a first argument of the right structure, shapes and dtypes
   * @param a a second argument of the right structure, shapes and dtypes
   * @param b a third argument of the right structure, shapes and dtypes
   * @param <X> the tree of its first argument
   * @param <A> the tree of its second argument
   * @param <B> the tree of its third argument
   * @return the text of a {@code digraph}
   * @throws TreeException if an argument or the result is null or has a class that no tree can hold
   * @throws TracerException if the function reads values
   */
  public static <X, A, B> String makeDot(F3<? super X, ? super A, ? super B, ?> f, X x, A a, B b) {
    Arguments arguments = Arguments.of(x, a, b);
    return arguments.graph(
        leaves ->
            f.apply(
                arguments.get(0, x, leaves),
                arguments.get(1, a, leaves),
                arguments.get(2, b, leaves)));
  }

  /**
   * The graph of a function of four arguments.
   *
   * @param f the function; it cannot read values
   * @param x a first argument of the right structure, shapes and dtypes
   * @param a a second argument of the right structure, shapes and dtypes
   * @param b a third argument of the right structure, shapes and dtypes
   * @param c a fourth argument of the right structure, shapes and dtypes
   * @param <X> the tree of its first argument
   * @param <A> the tree of its second argument
   * @param <B> the tree of its third argument
   * @param <C> the tree of its fourth argument
   * @return the text of a {@code digraph}
   * @throws TreeException if an argument or the result is null or has a class that no tree can hold
   * @throws TracerException if the function reads values
   */
  public static <X, A, B, C> String makeDot(
      F4<? super X, ? super A, ? super B, ? super C, ?> f, X x, A a, B b, C c) {
    Arguments arguments = Arguments.of(x, a, b, c);
    return arguments.graph(
        leaves ->
            f.apply(
                arguments.get(0, x, leaves),
                arguments.get(1, a, leaves),
                arguments.get(2, b, leaves),
                arguments.get(3, c, leaves)));
  }

  /**
   * The graph of a linear map, such as the derivative of a function at a point, {@code linearize(f,
   * x).map()}, and its transpose. What is linear in the argument is dashed: the tangents of a
   * derivative, the cotangents of its transpose. The rest are values that the map has captured.
   *
   * @param map the map, whose function must not read values
   * @param <X> the tree of arguments
   * @param <Y> the tree of results
   * @return the text of a {@code digraph}
   * @throws TracerException if the map's function reads values
   */
  public static <X, Y> String makeDot(LinearMap<X, Y> map) {
    X example = map.zeroArgument();
    Tree<X> tree = Tree.of(example);
    return graph(
        leaves -> map.apply(tree.with(leaves)), tree.leaves(), names("argument", example), true);
  }

  private static String graph(
      Function<Tensor[], ?> f, Tensor[] examples, List<String> inputs, boolean linear) {
    List<String> outputs = new ArrayList<>();
    Closed closed =
        Staging.stage(
            leaves -> {
              Object result = f.apply(leaves);
              outputs.addAll(names("result", result));
              return Structure.flatten(result).leaves();
            },
            Arrays.stream(examples).map(Tensor::type).toList());
    return DotGraph.of(Simplifier.simplify(closed), inputs, outputs, linear);
  }

  private static List<String> names(String word, Object tree) {
    return names(word, "", tree);
  }

  /**
   * The names of the leaves of a tree; those of one without names of its own begin with a word, the
   * others with a prefix.
   */
  private static List<String> names(String word, String prefix, Object tree) {
    return Trees.treeNamed(tree).keySet().stream()
        .map(name -> tree instanceof Tensor ? word : (name.startsWith("[") ? word : prefix) + name)
        .toList();
  }

  /** The arguments of a function of several. */
  private record Arguments(List<Tree<Object>> trees, List<String> names) {

    static Arguments of(Object... examples) {
      List<Tree<Object>> trees = Arrays.stream(examples).map(Tree::of).toList();
      List<String> names = names(examples, false);
      boolean differ = Set.copyOf(names).size() == names.size();
      return new Arguments(trees, differ ? names : names(examples, true));
    }

    private static List<String> names(Object[] examples, boolean numbered) {
      return IntStream.range(0, examples.length)
          .boxed()
          .flatMap(
              i ->
                  Visual.names("argument " + (i + 1), numbered ? (i + 1) + "." : "", examples[i])
                      .stream())
          .toList();
    }

    /** Argument i made of its part of all leaves. Safe: the tree is that of the example. */
    @SuppressWarnings("unchecked")
    <T> T get(int i, T example, Tensor[] leaves) {
      int from = trees.subList(0, i).stream().mapToInt(tree -> tree.leaves().length).sum();
      Tree<Object> tree = trees.get(i);
      return (T) tree.with(Arrays.copyOfRange(leaves, from, from + tree.leaves().length));
    }

    String graph(Function<Tensor[], ?> f) {
      Tensor[] leaves =
          trees.stream().flatMap(tree -> Arrays.stream(tree.leaves())).toArray(Tensor[]::new);
      return Visual.graph(f, leaves, names, false);
    }
  }
}
