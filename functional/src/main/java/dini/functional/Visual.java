package dini.functional;

import dini.core.LinearMap;
import dini.core.Tensor;
import dini.core.TracerException;
import dini.core.TreeException;
import dini.core.Trees;
import dini.core.trace.Closed;
import dini.core.trace.Staging;
import dini.core.tree.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Pictures of computations, as text in the language of Graphviz: {@code dot -Tsvg graph.dot -o
 * graph.svg} draws them.
 *
 * <pre>{@code
 * String graph = makeDot(params -> loss(params, batch), params);
 * String derivative = makeDot(linearize(p -> loss(p, batch), params).map());
 * }</pre>
 *
 * <p>Arguments are blue ellipses with the names of their leaves ({@link Trees#treeNamed}), captured
 * values orange ones (a single number is shown), results green ones; operations are boxes with
 * their static parameters. An edge carries a tensor and shows its dtype and shape; the operands of
 * an operation come in from left to right. The map inside a linear solve is a graph in a frame. The
 * same function gives the same text.
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
    Tree<X> first = Tree.of(x);
    Tree<A> second = Tree.of(a);
    int split = first.leaves().length;
    Tensor[] examples = Arrays.copyOf(first.leaves(), split + second.leaves().length);
    System.arraycopy(second.leaves(), 0, examples, split, second.leaves().length);
    List<String> names = new ArrayList<>(names("argument 1", x));
    names.addAll(names("argument 2", a));
    return graph(
        leaves ->
            f.apply(
                first.with(Arrays.copyOf(leaves, split)),
                second.with(Arrays.copyOfRange(leaves, split, leaves.length))),
        examples,
        names,
        false);
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
    return DotGraph.of(closed, inputs, outputs, linear);
  }

  /** The names of the leaves of a tree; those of one without names of its own begin with a word. */
  private static List<String> names(String word, Object tree) {
    return Trees.treeNamed(tree).keySet().stream()
        .map(name -> tree instanceof Tensor ? word : name.startsWith("[") ? word + name : name)
        .toList();
  }
}
