package dini.core;

import dini.core.tree.Registry;
import dini.core.tree.Structure;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Operations on trees of tensors. A tree is
 *
 * <ul>
 *   <li>a {@link Tensor}: a leaf;
 *   <li>a Java record, of any visibility, whose components are trees or static data;
 *   <li>a {@link List}, {@link java.util.Optional} or array of such;
 *   <li>a {@link java.util.Map} of such with {@link Comparable} keys, whose leaves come in the
 *       natural order of the keys;
 *   <li>an object of a class that was {@linkplain #register registered}.
 * </ul>
 *
 * <p>Static data are boxed primitives, strings, enums, classes, primitive components of records,
 * and what is wrapped in {@link Static}. They have no derivative, come back as they are, and must
 * be equal in all trees of one operation. Everything else, {@code null} and {@code double[]}
 * included, is refused with a {@link TreeException} that names the path to it.
 *
 * <pre>{@code
 * record Layer(Tensor w, Tensor b) {}
 * record Params(List<Layer> layers, Tensor scale) {}
 *
 * Params step = treeAddScaled(params, -0.1, grad(loss, params));
 * }</pre>
 *
 * <p>Trees are rebuilt often, with gradients, tangents and batches as leaves: constructors of tree
 * records must not check values or shapes. A record of a named module needs {@code opens … to
 * dini.core} if it is not public or its package is not exported. Declare lists and maps by their
 * interfaces: {@code ArrayList}, {@code HashMap}, {@code LinkedHashMap} and {@code TreeMap} come
 * back as such, the JDK's immutable collections and views as unmodifiable ones, and any other class
 * is refused. Apart from a {@code TreeMap} with a comparator, which keeps it, maps come back in the
 * order of their keys.
 *
 * <p>The arithmetic here acts on floating leaves; integer and boolean leaves pass through from the
 * first tree. Two trees must have one structure, where any two lists or maps count as alike, and
 * corresponding leaves one type: nothing is broadcast.
 */
public final class Trees {
  private Trees() {}

  /**
   * The tensors of a tree in order: components as declared, elements by position, map entries by
   * key.
   *
   * @param tree the tree
   * @return its leaves, unmodifiable
   * @throws TreeException if it is not a tree
   */
  public static List<Tensor> treeLeaves(Object tree) {
    return List.of(Structure.flatten(tree).leaves());
  }

  /**
   * The tensors of a tree by name, in order. A name is what a Java reader would write after the
   * tree: {@code w}, {@code layers[2].b}, {@code scales["a"]}; that of a tree that is a tensor is
   * {@code tensor}.
   *
   * <pre>{@code
   * treeNamed(new Params(w, b)).keySet()    // [w, b]
   * }</pre>
   *
   * @param tree the tree
   * @return its leaves by name, unmodifiable
   * @throws TreeException if it is not a tree, or two leaves have one name, since the keys of a map
   *     have one text
   */
  public static SequencedMap<String, Tensor> treeNamed(Object tree) {
    Structure.Flat flat = Structure.flatten(tree);
    SequencedMap<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < flat.leaves().length; i++) {
      String name = name(flat.structure(), i);
      if (named.put(name, flat.leaves()[i]) != null) {
        throw new TreeException("treeNamed: two leaves have the name " + name);
      }
    }
    return Collections.unmodifiableSequencedMap(named);
  }

  /**
   * A tree with other tensors, taken by name: the inverse of {@link #treeNamed}.
   *
   * @param like the tree whose structure the result has
   * @param named a tensor for the name of each leaf of {@code like}, and no others
   * @param <X> the class of the tree
   * @return a tree of the structure of {@code like}; shapes and dtypes may differ
   * @throws TreeException if it is not a tree, two leaves have one name, or a name is missing or
   *     unknown, naming it
   */
  public static <X> X treeFromNamed(X like, Map<String, Tensor> named) {
    Structure.Flat flat = Structure.flatten(like);
    Tensor[] leaves = flat.leaves();
    Set<String> unknown = new TreeSet<>(named.keySet());
    for (int i = 0; i < leaves.length; i++) {
      String name = name(flat.structure(), i);
      Tensor leaf = named.get(name);
      if (leaf == null) {
        throw new TreeException("treeFromNamed: no tensor for " + name);
      }
      if (!unknown.remove(name)) {
        throw new TreeException("treeFromNamed: two leaves have the name " + name);
      }
      leaves[i] = leaf;
    }
    if (!unknown.isEmpty()) {
      throw new TreeException("treeFromNamed: the tree has no leaf " + unknown.iterator().next());
    }
    return rebuild(flat.structure(), leaves);
  }

  /** The path to a leaf without the name of the root. */
  private static String name(Structure structure, int leaf) {
    String path = structure.path(leaf);
    for (int i = 0; i < path.length(); i++) {
      switch (path.charAt(i)) {
        case '.' -> {
          return path.substring(i + 1);
        }
        case '[' -> {
          return path.substring(i);
        }
        default -> {
          // still in the name of the root
        }
      }
    }
    return path;
  }

  /**
   * Applies a function to every leaf, integers included.
   *
   * @param f the function
   * @param tree the tree
   * @param <X> the class of the tree
   * @return a tree of the same structure
   * @throws TreeException if it is not a tree
   */
  public static <X> X treeMap(UnaryOperator<Tensor> f, X tree) {
    Structure.Flat flat = Structure.flatten(tree);
    Tensor[] leaves = flat.leaves();
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = result("treeMap", f.apply(leaves[i]), flat.structure(), i);
    }
    return rebuild(flat.structure(), leaves);
  }

  /**
   * Applies a function to every pair of corresponding leaves, integers included.
   *
   * @param f the function
   * @param x the first tree
   * @param y a tree of the same structure
   * @param <X> the class of the trees
   * @return a tree of the structure of x
   * @throws TreeException if the structures differ
   */
  public static <X> X treeMap(BinaryOperator<Tensor> f, X x, X y) {
    Structure.Flat flat = Structure.flatten(x);
    Tensor[] leaves = flat.leaves();
    Tensor[] others = others("treeMap", flat, y);
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = result("treeMap", f.apply(leaves[i], others[i]), flat.structure(), i);
    }
    return rebuild(flat.structure(), leaves);
  }

  /**
   * Combines all leaves in order: {@code f(f(initial, leaf0), leaf1)} and so on.
   *
   * @param f the combination
   * @param tree the tree
   * @param initial what it begins with, the result for a tree without leaves
   * @param <X> the class of the tree
   * @return the combination of all leaves
   * @throws TreeException if it is not a tree
   */
  public static <X> Tensor treeReduce(BinaryOperator<Tensor> f, X tree, Tensor initial) {
    Structure.Flat flat = Structure.flatten(tree);
    Tensor reduced = Objects.requireNonNull(initial, "initial");
    for (int i = 0; i < flat.leaves().length; i++) {
      reduced = result("treeReduce", f.apply(reduced, flat.leaves()[i]), flat.structure(), i);
    }
    return reduced;
  }

  /**
   * A tree as one vector, and the way back.
   *
   * @param vector the elements of all leaves, each in row-major order
   * @param unravel makes a tree of the same structure, shapes and dtype of a vector of that length
   * @param <X> the class of the tree
   */
  public record Raveled<X>(Tensor vector, Function<Tensor, X> unravel) {
    /** Checks that both are present. */
    public Raveled {
      Objects.requireNonNull(vector, "vector");
      Objects.requireNonNull(unravel, "unravel");
    }
  }

  /**
   * Joins all leaves into one vector. A tree without leaves gives an empty FLOAT64 vector.
   *
   * @param tree a tree of floating leaves of one dtype
   * @param <X> the class of the tree
   * @return the vector, and a function that takes such vectors apart
   * @throws TreeException if it is not a tree
   * @throws DTypeException if a leaf is not floating, or two have different dtypes
   */
  public static <X> Raveled<X> ravel(X tree) {
    Structure.Flat flat = Structure.flatten(tree);
    Structure structure = flat.structure();
    Tensor[] parts = flat.leaves();
    TensorType[] types = new TensorType[parts.length];
    int size = 0;
    for (int i = 0; i < parts.length; i++) {
      types[i] = parts[i].type();
      if (!types[i].dtype().isFloating()) {
        throw new DTypeException(
            "ravel: "
                + structure.path(i)
                + " is "
                + types[i]
                + "; a vector of parameters has floating leaves only");
      }
      size = Math.addExact(size, parts[i].size());
    }
    int[] floating = floating("ravel", structure, parts);
    for (int i : floating) {
      parts[i] = Shapes.reshape(parts[i], parts[i].size());
    }
    Tensor vector = parts.length == 0 ? Tensors.zeros(0) : Shapes.concatenate(0, parts);
    TensorType type = vector.type();
    return new Raveled<>(vector, given -> unravel(structure, types, type, given));
  }

  private static <X> X unravel(
      Structure structure, TensorType[] types, TensorType expected, Tensor vector) {
    if (!vector.type().equals(expected)) {
      String message = "unravel: expected " + expected + ", got " + vector.type();
      throw vector.dtype() == expected.dtype()
          ? new ShapeException(message)
          : new DTypeException(message);
    }
    Tensor[] leaves = new Tensor[types.length];
    int from = 0;
    for (int i = 0; i < leaves.length; i++) {
      Shape shape = types[i].shape();
      Tensor part = Shapes.slice(vector, Index.range(from, from + shape.size()));
      leaves[i] = Shapes.reshape(part, shape);
      from += shape.size();
    }
    return rebuild(structure, leaves);
  }

  /**
   * {@code x + y} in every floating leaf.
   *
   * @param x the first tree
   * @param y a tree of the same structure and types
   * @param <X> the class of the trees
   * @return the sum
   * @throws TreeException if the structures differ
   * @throws ShapeException if the shapes of corresponding leaves differ
   * @throws DTypeException if the dtypes of corresponding leaves differ
   */
  public static <X> X treeAdd(X x, X y) {
    return combine("treeAdd", Elementwise::add, x, y);
  }

  /**
   * {@code x - y} in every floating leaf.
   *
   * @param x the first tree
   * @param y a tree of the same structure and types
   * @param <X> the class of the trees
   * @return the difference
   * @throws TreeException if the structures differ
   * @throws ShapeException if the shapes of corresponding leaves differ
   * @throws DTypeException if the dtypes of corresponding leaves differ
   */
  public static <X> X treeSub(X x, X y) {
    return combine("treeSub", Elementwise::sub, x, y);
  }

  /**
   * {@code a x} in every floating leaf.
   *
   * @param a the factor, in the dtype of each leaf
   * @param x the tree
   * @param <X> the class of the tree
   * @return the multiple
   */
  public static <X> X treeScale(double a, X x) {
    return overFloating(leaf -> Elementwise.mul(leaf, a), x);
  }

  /**
   * {@code a x} in every floating leaf.
   *
   * @param a the factor, a scalar of the dtype of the leaves
   * @param x the tree
   * @param <X> the class of the tree
   * @return the multiple
   * @throws ShapeException if the factor is not a scalar
   * @throws DTypeException if a floating leaf has another dtype than the factor
   */
  public static <X> X treeScale(Tensor a, X x) {
    requireScalar("treeScale", a);
    return overFloating(leaf -> Elementwise.mul(leaf, a), x);
  }

  /**
   * {@code x + a y} in every floating leaf.
   *
   * @param x the first tree
   * @param a the factor of y, in the dtype of each leaf
   * @param y a tree of the same structure and types
   * @param <X> the class of the trees
   * @return the sum
   * @throws TreeException if the structures differ
   * @throws ShapeException if the shapes of corresponding leaves differ
   * @throws DTypeException if the dtypes of corresponding leaves differ
   */
  public static <X> X treeAddScaled(X x, double a, X y) {
    return combine("treeAddScaled", (p, q) -> Elementwise.add(p, Elementwise.mul(q, a)), x, y);
  }

  /**
   * {@code x + a y} in every floating leaf.
   *
   * @param x the first tree
   * @param a the factor of y, a scalar of the dtype of the leaves
   * @param y a tree of the same structure and types
   * @param <X> the class of the trees
   * @return the sum
   * @throws TreeException if the structures differ
   * @throws ShapeException if the shapes of corresponding leaves differ, or a is not a scalar
   * @throws DTypeException if the dtypes of corresponding leaves or of a differ
   */
  public static <X> X treeAddScaled(X x, Tensor a, X y) {
    requireScalar("treeAddScaled", a);
    return combine("treeAddScaled", (p, q) -> Elementwise.add(p, Elementwise.mul(q, a)), x, y);
  }

  /**
   * The inner product: the sum of the products of corresponding elements of all floating leaves,
   * leaf by leaf in order. 0 in FLOAT64 if there are none.
   *
   * @param x the first tree
   * @param y a tree of the same structure and types
   * @param <X> the class of the trees
   * @return a scalar of the dtype of the leaves
   * @throws TreeException if the structures differ
   * @throws ShapeException if the shapes of corresponding leaves differ
   * @throws DTypeException if the floating leaves have more than one dtype
   */
  public static <X> Tensor treeVdot(X x, X y) {
    Structure.Flat flat = Structure.flatten(x);
    Tensor[] leaves = flat.leaves();
    Tensor[] others = others("treeVdot", flat, y);
    requireTypes("treeVdot", flat, others);
    int[] floating = floating("treeVdot", flat.structure(), leaves);
    if (floating.length == 0) {
      return Tensors.scalar(0);
    }
    Tensor total = Products.vdot(leaves[floating[0]], others[floating[0]]);
    for (int k = 1; k < floating.length; k++) {
      int i = floating[k];
      total = Elementwise.add(total, Products.vdot(leaves[i], others[i]));
    }
    return total;
  }

  /**
   * The Euclidean norm of all elements of all floating leaves, safe from overflow; 0 in FLOAT64 if
   * there are none. Derivative 0 at 0.
   *
   * @param x the tree
   * @param <X> the class of the tree
   * @return a scalar of the dtype of the leaves
   * @throws TreeException if it is not a tree
   * @throws DTypeException if the floating leaves have more than one dtype
   */
  public static <X> Tensor treeNorm(X x) {
    Structure.Flat flat = Structure.flatten(x);
    Tensor[] leaves = flat.leaves();
    int[] floating = floating("treeNorm", flat.structure(), leaves);
    if (floating.length == 0) {
      return Tensors.scalar(0);
    }
    Tensor[] norms = new Tensor[floating.length];
    for (int k = 0; k < norms.length; k++) {
      norms[k] = Reductions.norm(leaves[floating[k]]);
    }
    return norms.length == 1 ? norms[0] : Reductions.norm(Shapes.stack(0, norms));
  }

  /**
   * The tree with zeros for elements, in every leaf: false for BOOL.
   *
   * @param x the tree
   * @param <X> the class of the tree
   * @return a tree of the same structure, shapes and dtypes
   * @throws TreeException if it is not a tree
   */
  public static <X> X treeZerosLike(X x) {
    return treeMap(Tensors::zerosLike, x);
  }

  /**
   * Makes a class a tree that cannot be a record. It holds for objects of exactly this class, in
   * all threads, from now on: a registration cannot be changed or taken back, so do it where the
   * class is initialized.
   *
   * <p>The law: {@code rebuild.apply(children.apply(x))} is as good as x, and the children of two
   * objects mean the same at the same position. What the children leave out is lost; static data is
   * a child like any other.
   *
   * <pre>{@code
   * Trees.register(
   *     Encoder.class,
   *     encoder -> List.of(encoder.weights(), encoder.name()),
   *     parts -> new Encoder((Tensor) parts.get(0), (String) parts.get(1)));
   * }</pre>
   *
   * @param type the class; not a record, a type of the JDK, an interface or abstract
   * @param children gives the parts of an object, trees and static data
   * @param rebuild makes an object of parts like those; it must not check values or shapes
   * @param <T> the class
   * @throws TreeException if the class is registered or treated in another way already
   */
  public static <T> void register(
      Class<T> type, Function<T, List<?>> children, Function<List<?>, T> rebuild) {
    Registry.register(
        Objects.requireNonNull(type, "type"),
        Objects.requireNonNull(children, "children"),
        Objects.requireNonNull(rebuild, "rebuild"));
  }

  /** Safe: the structure is that of an X, and is rebuilt in the same classes. */
  @SuppressWarnings("unchecked")
  private static <X> X rebuild(Structure structure, Tensor[] leaves) {
    return (X) structure.unflatten(leaves);
  }

  private static Tensor result(String operation, Tensor result, Structure structure, int leaf) {
    if (result == null) {
      throw new TreeException(
          operation + ": the function returned null for " + structure.path(leaf));
    }
    return result;
  }

  private static Tensor[] others(String operation, Structure.Flat first, Object second) {
    Structure.Flat flat = Structure.flatten(second);
    first.structure().requireSame(operation, flat.structure());
    return flat.leaves();
  }

  private static <X> X overFloating(UnaryOperator<Tensor> f, X x) {
    return treeMap(leaf -> leaf.dtype().isFloating() ? f.apply(leaf) : leaf, x);
  }

  private static <X> X combine(String operation, BinaryOperator<Tensor> f, X x, X y) {
    Structure.Flat flat = Structure.flatten(x);
    Tensor[] leaves = flat.leaves();
    Tensor[] others = others(operation, flat, y);
    requireTypes(operation, flat, others);
    for (int i = 0; i < leaves.length; i++) {
      if (leaves[i].dtype().isFloating()) {
        leaves[i] = f.apply(leaves[i], others[i]);
      }
    }
    return rebuild(flat.structure(), leaves);
  }

  private static void requireTypes(String operation, Structure.Flat flat, Tensor[] others) {
    for (int i = 0; i < others.length; i++) {
      TensorType x = flat.leaves()[i].type();
      TensorType y = others[i].type();
      if (!x.equals(y)) {
        String message =
            operation + ": " + flat.structure().path(i) + ": " + x + " and " + y + " differ";
        throw x.dtype() == y.dtype() ? new ShapeException(message) : new DTypeException(message);
      }
    }
  }

  private static void requireScalar(String operation, Tensor a) {
    if (a.rank() != 0) {
      throw new ShapeException(operation + ": the factor must be a scalar, got " + a.type());
    }
  }

  /** The floating leaves, which must have one dtype. */
  private static int[] floating(String operation, Structure structure, Tensor[] leaves) {
    int[] floating = new int[leaves.length];
    int count = 0;
    for (int i = 0; i < leaves.length; i++) {
      if (leaves[i].dtype().isFloating()) {
        floating[count++] = i;
        int first = floating[0];
        if (leaves[i].dtype() != leaves[first].dtype()) {
          throw new DTypeException(
              operation
                  + ": "
                  + structure.path(first)
                  + " is "
                  + leaves[first].type()
                  + " and "
                  + structure.path(i)
                  + " is "
                  + leaves[i].type()
                  + "; convert them to one dtype with astype");
        }
      }
    }
    return Arrays.copyOf(floating, count);
  }
}
