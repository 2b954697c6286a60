package dini.core;

import dini.core.trace.Batching;
import dini.core.trace.Closed;
import dini.core.trace.Leaves;
import dini.core.trace.Staging;
import dini.core.trace.TraceStack;
import dini.core.tree.Structure;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A linear map between trees of tensors, known by what it does: it is applied, transposed, composed
 * and solved with, and becomes a matrix only when {@link #materialize} is called. A derivative is
 * such a map.
 *
 * <pre>{@code
 * LinearMap<Tensor, Tensor> a = LinearMap.matrix(tensor(new double[][] {{2, 1}, {0, 3}}));
 * a.apply(tensor(1, 1));                // [3. 3.]
 * a.transpose().apply(tensor(1, 1));    // [2. 4.]
 * }</pre>
 *
 * @param <X> the tree of arguments
 * @param <Y> the tree of results
 */
public final class LinearMap<X, Y> {

  /**
   * What is known of a map besides its values; it is trusted. {@link #SYMMETRIC}, which {@link
   * #POSITIVE_DEFINITE} implies, makes transposing free and decides between solvers: Cholesky is
   * tried first in dense solves, and conjugate gradients serve large ones. The other tags follow
   * the map through transposes, sums and multiples, and no solver uses them yet.
   */
  public enum Tag {
    /** The map equals its transpose. */
    SYMMETRIC,
    /** Symmetric, and {@code <x, Ax>} is positive for every x but 0. */
    POSITIVE_DEFINITE,
    /** The matrix over the ravelled trees is diagonal. */
    DIAGONAL,
    /** The matrix over the ravelled trees is zero above the diagonal. */
    LOWER_TRIANGULAR,
    /** The matrix over the ravelled trees is zero below the diagonal. */
    UPPER_TRIANGULAR
  }

  /** The leaves of a tree: their arrangement and types. */
  private record Space(Structure structure, List<TensorType> types) {
    static Space of(Structure.Flat flat) {
      return new Space(flat.structure(), Arrays.stream(flat.leaves()).map(Tensor::type).toList());
    }

    int size() {
      return types.stream().mapToInt(type -> type.shape().size()).sum();
    }

    Tensor[] check(String operation, Object tree) {
      Structure.Flat flat = Structure.flatten(tree);
      structure.requireSame(operation, flat.structure());
      Tensor[] leaves = flat.leaves();
      for (int i = 0; i < leaves.length; i++) {
        if (!leaves[i].type().equals(types.get(i))) {
          throw new ShapeException(
              operation + ": expected " + types + ", got " + leaves[i].type() + " at leaf " + i);
        }
      }
      return leaves;
    }

    @Override
    public String toString() {
      return types.size() == 1 ? types.getFirst().toString() : types.toString();
    }
  }

  private final String label;
  private final Space domain;
  private final Space codomain;
  private final Leaves forward;
  private final Leaves backward;
  private final Set<Tag> tags;

  private LinearMap(
      String label, Space domain, Space codomain, Leaves forward, Leaves backward, Set<Tag> tags) {
    this.label = label;
    this.domain = domain;
    this.codomain = codomain;
    this.forward = forward;
    this.backward = backward;
    this.tags = tags;
  }

  /**
   * The map that a linear function computes. That it is linear, and the same at every call, is
   * trusted: its transpose is found from a recording that is kept. Transposing a function that uses
   * an operation which is not linear in its argument is an error that names the operation.
   *
   * @param function the function
   * @param example an argument of the right structure, shapes and dtypes; its values do not matter
   * @param tags what is known of the map
   * @param <X> the tree of arguments
   * @param <Y> the tree of results
   * @return the map
   */
  @SuppressWarnings("unchecked")
  public static <X, Y> LinearMap<X, Y> of(
      Function<? super X, ? extends Y> function, X example, Tag... tags) {
    Structure.Flat flat = Structure.flatten(example);
    Tensor[] zeros = Arrays.stream(flat.leaves()).map(Tensors::zerosLike).toArray(Tensor[]::new);
    Structure structure = flat.structure();
    Structure.Flat result = Structure.flatten(function.apply((X) structure.unflatten(zeros)));
    Space domain = Space.of(flat);
    Leaves forward =
        leaves -> Structure.flatten(function.apply((X) structure.unflatten(leaves))).leaves();
    Leaves backward = new Transposition(forward, domain.types);
    Space codomain = Space.of(result);
    return new LinearMap<>(
        "function", domain, codomain, forward, backward, setOf(domain, codomain, tags));
  }

  /** The transpose of a linear function, by the program that the function records. */
  private static final class Transposition implements Leaves {
    private final Leaves forward;
    private final List<TensorType> types;
    private volatile Closed plain;

    Transposition(Leaves forward, List<TensorType> types) {
      this.forward = forward;
      this.types = types;
    }

    @Override
    public Tensor[] apply(Tensor[] cotangents) {
      return transposed(program(), cotangents);
    }

    /**
     * Recorded once where no transformation runs. Inside of one, what the function captured may
     * look different at the next call: another lane, or without a derivative.
     */
    private Closed program() {
      Closed known = plain;
      if (known != null) {
        return known;
      }
      boolean keep = TraceStack.current().isEmpty();
      Closed staged = Staging.stage(forward, types);
      if (keep) {
        plain = staged;
      }
      return staged;
    }
  }

  /**
   * The map {@code x -> A x} of vectors.
   *
   * @param a a matrix (m, n)
   * @param tags what is known of the map
   * @return the map from vectors (n) to vectors (m)
   * @throws ShapeException if it is not a matrix
   */
  public static LinearMap<Tensor, Tensor> matrix(Tensor a, Tag... tags) {
    if (a.rank() != 2) {
      throw new ShapeException("LinearMap.matrix: expected a matrix, got " + a.type());
    }
    return new LinearMap<>(
        "matrix",
        vectors(a, 1),
        vectors(a, 0),
        x -> new Tensor[] {Products.matmul(a, x[0])},
        y -> new Tensor[] {Products.matmul(y[0], a)},
        setOf(vectors(a, 1), vectors(a, 0), tags));
  }

  private static Space vectors(Tensor a, int axis) {
    return new Space(
        Structure.flatten(a).structure(),
        List.of(new TensorType(Shape.of(a.shape().extent(axis)), a.dtype())));
  }

  /**
   * The map of a linear function and its transpose; that they are linear, and each other's
   * transpose, is trusted.
   *
   * @param function the function
   * @param transpose its transpose
   * @param argument an argument of the function, for its structure, shapes and dtypes
   * @param result a result of the function, likewise
   * @param tags what is known of the map
   * @param <X> the tree of arguments
   * @param <Y> the tree of results
   * @return the map
   */
  @SuppressWarnings("unchecked")
  public static <X, Y> LinearMap<X, Y> of(
      Function<? super X, ? extends Y> function,
      Function<? super Y, ? extends X> transpose,
      X argument,
      Y result,
      Tag... tags) {
    Space domain = Space.of(Structure.flatten(argument));
    Space codomain = Space.of(Structure.flatten(result));
    return new LinearMap<>(
        "function",
        domain,
        codomain,
        x -> Structure.flatten(function.apply((X) domain.structure.unflatten(x))).leaves(),
        y -> Structure.flatten(transpose.apply((Y) codomain.structure.unflatten(y))).leaves(),
        setOf(domain, codomain, tags));
  }

  private static Tensor[] transposed(Closed closed, Tensor[] cotangents) {
    Tensor[] results = closed.transpose(cotangents);
    for (int i = 0; i < results.length; i++) {
      if (results[i] == null) {
        results[i] = Tensors.zeros(closed.program().inputTypes().get(i));
      }
    }
    return results;
  }

  private static Set<Tag> setOf(Space domain, Space codomain, Tag... tags) {
    EnumSet<Tag> set = EnumSet.noneOf(Tag.class);
    Collections.addAll(set, tags);
    if (set.contains(Tag.POSITIVE_DEFINITE)) {
      set.add(Tag.SYMMETRIC);
    }
    if (set.contains(Tag.SYMMETRIC) && !domain.types.equals(codomain.types)) {
      throw new ShapeException(
          "LinearMap: a map from " + domain.types + " to " + codomain.types + " is not SYMMETRIC");
    }
    return Collections.unmodifiableSet(set);
  }

  /**
   * The image of an argument.
   *
   * @param x a tree of the domain's structure, shapes and dtypes
   * @return {@code A x}
   * @throws TreeException if the structure differs
   * @throws ShapeException if a shape or dtype differs
   */
  @SuppressWarnings("unchecked")
  public Y apply(X x) {
    return (Y) codomain.structure.unflatten(forward.apply(domain.check("apply", x)));
  }

  /**
   * The transposed map: {@code <y, A x> = <A' y, x>}.
   *
   * @return the map from results back to arguments
   */
  public LinearMap<Y, X> transpose() {
    EnumSet<Tag> swapped = EnumSet.noneOf(Tag.class);
    for (Tag tag : tags) {
      swapped.add(
          switch (tag) {
            case LOWER_TRIANGULAR -> Tag.UPPER_TRIANGULAR;
            case UPPER_TRIANGULAR -> Tag.LOWER_TRIANGULAR;
            case SYMMETRIC, POSITIVE_DEFINITE, DIAGONAL -> tag;
          });
    }
    boolean symmetric = tags.contains(Tag.SYMMETRIC);
    return new LinearMap<>(
        label.endsWith("'") ? label.substring(0, label.length() - 1) : label + "'",
        codomain,
        domain,
        symmetric ? forward : backward,
        symmetric ? backward : forward,
        Collections.unmodifiableSet(swapped));
  }

  /**
   * The composition {@code B A}: this map, then another.
   *
   * @param next the map to apply to this one's results
   * @param <Z> the tree of its results
   * @return the map {@code x -> next(this(x))}
   */
  public <Z> LinearMap<X, Z> then(LinearMap<Y, Z> next) {
    if (!codomain.equals(next.domain)) {
      throw new ShapeException("then: results " + codomain + ", arguments " + next.domain);
    }
    return new LinearMap<>(
        label + " then " + next.label,
        domain,
        next.codomain,
        x -> next.forward.apply(forward.apply(x)),
        y -> backward.apply(next.backward.apply(y)),
        Set.of());
  }

  /**
   * The sum {@code A + B}.
   *
   * @param other a map of the same domain and codomain
   * @return the map {@code x -> this(x) + other(x)}, with the tags that both have
   */
  public LinearMap<X, Y> plus(LinearMap<X, Y> other) {
    if (!domain.equals(other.domain) || !codomain.equals(other.codomain)) {
      throw new ShapeException("plus: " + this + " and " + other);
    }
    EnumSet<Tag> common = EnumSet.noneOf(Tag.class);
    common.addAll(tags);
    common.retainAll(other.tags);
    return new LinearMap<>(
        label + " + " + other.label,
        domain,
        codomain,
        x -> sum(forward.apply(x), other.forward.apply(x)),
        y -> sum(backward.apply(y), other.backward.apply(y)),
        Collections.unmodifiableSet(common));
  }

  private static Tensor[] sum(Tensor[] x, Tensor[] y) {
    Tensor[] sums = new Tensor[x.length];
    Arrays.setAll(sums, i -> Elementwise.add(x[i], y[i]));
    return sums;
  }

  /**
   * The multiple {@code c A}.
   *
   * @param factor the number c
   * @return the map {@code x -> c this(x)}
   */
  public LinearMap<X, Y> scale(double factor) {
    EnumSet<Tag> kept = EnumSet.noneOf(Tag.class);
    kept.addAll(tags);
    if (!(factor > 0)) {
      kept.remove(Tag.POSITIVE_DEFINITE);
    }
    return new LinearMap<>(
        factor + " " + label,
        domain,
        codomain,
        x -> scaled(forward.apply(x), factor),
        y -> scaled(backward.apply(y), factor),
        Collections.unmodifiableSet(kept));
  }

  private static Tensor[] scaled(Tensor[] x, double factor) {
    Tensor[] products = new Tensor[x.length];
    Arrays.setAll(products, i -> Elementwise.mul(x[i], factor));
    return products;
  }

  /**
   * The matrix {@code M[i, j] = A(e_j)[i]} of this map over ravelled trees, for n elements of the
   * arguments and m of the results.
   *
   * <p>The map runs once on all n unit vectors together, as under vmap: the time of n applications
   * without n overheads, and n times the memory of one. The function that it was made from must not
   * read values. Either side may be empty. The matrix is differentiable in what the map captures.
   *
   * <pre>{@code
   * Tensor m = LinearMap.of((Tensor x) -> x.mul(3), zeros(2)).materialize();   // [[3. 0.] [0. 3.]]
   * }</pre>
   *
   * @return a tensor of shape (m, n)
   */
  public Tensor materialize() {
    return domain.size() == 0
        ? Tensors.zeros(codomain.size(), 0)
        : Shapes.transpose(
            Batching.images("materialize", forward, domain.types.toArray(TensorType[]::new)));
  }

  /**
   * This map with more tags. They are trusted: a wrong one makes solutions wrong.
   *
   * @param more what else is known of the map
   * @return the same map, tagged
   */
  public LinearMap<X, Y> withTags(Tag... more) {
    EnumSet<Tag> all = EnumSet.noneOf(Tag.class);
    all.addAll(tags);
    all.addAll(setOf(domain, codomain, more));
    return new LinearMap<>(
        label, domain, codomain, forward, backward, Collections.unmodifiableSet(all));
  }

  /**
   * What is known of this map.
   *
   * @return the tags
   */
  public Set<Tag> tags() {
    return tags;
  }

  /**
   * The zero of the domain.
   *
   * @return an argument of the right structure, shapes and dtypes
   */
  @SuppressWarnings("unchecked")
  public X zeroArgument() {
    return (X)
        domain.structure.unflatten(
            domain.types.stream().map(Tensors::zeros).toArray(Tensor[]::new));
  }

  /**
   * The types of the leaves of an argument.
   *
   * @return the types, in the order of the leaves
   */
  public List<TensorType> domainTypes() {
    return domain.types;
  }

  /**
   * The types of the leaves of a result.
   *
   * @return the types, in the order of the leaves
   */
  public List<TensorType> codomainTypes() {
    return codomain.types;
  }

  /** Domain, codomain and tags: {@code LinearMap(matrix: f64[3] -> f64[2])}. */
  @Override
  public String toString() {
    return "LinearMap("
        + label
        + ": "
        + domain
        + " -> "
        + codomain
        + (tags.isEmpty() ? "" : ", " + tags)
        + ")";
  }
}
