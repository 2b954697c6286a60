package dini.core;

import dini.core.dense.DenseTensor;
import dini.core.numpy.Archive;
import dini.core.trace.Bind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipException;

/**
 * Trees of tensors in files of NumPy's {@code .npz} format: archives of named arrays, which {@code
 * numpy.load}, {@code numpy.savez} and {@code numpy.savez_compressed} read and write.
 *
 * <p>The arrays have the names of {@link Trees#treeNamed}: what a Java reader would write after the
 * tree.
 *
 * <pre>{@code
 * record Layer(Tensor w, Tensor b) {}
 * record Params(List<Layer> layers, Tensor scale) {}
 *
 * Npz.save(Path.of("params.npz"), params);
 * Params again = Npz.load(Path.of("params.npz"), params);
 * }</pre>
 *
 * <p>and in Python
 *
 * <pre>{@code
 * numpy.load("params.npz")["layers[0].w"]
 * }</pre>
 *
 * <p>The element types are those of {@link Npy}. Only tensors are saved: the classes of a tree and
 * its static data come from the tree that is given to {@link #load}. The same tree gives the same
 * bytes, on every machine: the arrays stand uncompressed, and no time is noted.
 *
 * <p>To exchange arrays without a tree, {@link #write} and {@link #read} take and give a map from
 * names to tensors. (A map is a tree too; {@link #save} calls its entries {@code ["w"]}.)
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.savez.html">numpy.savez</a>
 */
public final class Npz {
  private Npz() {}

  /**
   * Saves the tensors of a tree in a file, which is made or replaced, in the order of its leaves.
   *
   * @param file the file
   * @param tree the tree; inside a derivative, its values are saved
   * @throws TreeException if it is not a tree
   * @throws NpyException if the folder does not exist, or a name holds what no archive can: the
   *     character 0, half a surrogate pair, or more than 65,000 bytes
   * @throws TracerException inside vmap or a staged function, where values are not known; the file
   *     is not touched
   * @throws UncheckedIOException if writing fails
   */
  public static void save(Path file, Object tree) {
    writeInOrder(file, Trees.treeNamed(tree));
  }

  /**
   * The tree that a file holds. Structure and static data are those of another tree, with which the
   * file must agree in every name, shape and dtype, so that what was saved from another model is
   * refused and not loaded in part.
   *
   * @param file the file, as {@link #save} or {@code numpy.savez} made it
   * @param like a tree of the right structure, shapes and dtypes; its values do not matter
   * @param <X> the class of the tree
   * @return a tree of that structure with the tensors of the file
   * @throws TreeException if {@code like} is not a tree
   * @throws NpyException if the file lacks a leaf of the tree or has an array that is none, if the
   *     shapes or dtypes of two differ, or if {@link #read} would refuse the file
   * @throws UncheckedIOException if reading fails
   */
  public static <X> X load(Path file, X like) {
    SequencedMap<String, Tensor> leaves = Trees.treeNamed(like);
    return Trees.treeFromNamed(
        like,
        reading(
            file,
            archive -> {
              requireNames(file, archive, leaves);
              SequencedMap<String, Tensor> loaded = new LinkedHashMap<>();
              for (Map.Entry<String, Tensor> leaf : leaves.entrySet()) {
                loaded.put(leaf.getKey(), archive.read(leaf.getKey(), leaf.getValue().type()));
              }
              return loaded;
            }));
  }

  private static void requireNames(Path file, Archive archive, Map<String, Tensor> leaves) {
    TreeSet<String> missing = new TreeSet<>(leaves.keySet());
    missing.removeAll(archive.names());
    TreeSet<String> unknown = new TreeSet<>(archive.names());
    unknown.removeAll(leaves.keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new NpyException(
          "npz: "
              + file
              + ": holds another tree: "
              + (missing.isEmpty() ? "" : "no array for " + String.join(", ", missing))
              + (missing.isEmpty() || unknown.isEmpty() ? "" : "; ")
              + (unknown.isEmpty() ? "" : "no leaf for " + String.join(", ", unknown)));
    }
  }

  /**
   * Writes named tensors to a file, which is made or replaced, in the order of their names: {@code
   * numpy.savez(file, **arrays)}.
   *
   * <pre>{@code
   * Npz.write(Path.of("data.npz"), Map.of("x", x, "y", y));
   * }</pre>
   *
   * @param file the file
   * @param arrays the tensors; inside a derivative, their values are written
   * @throws NpyException if the folder does not exist, or a name holds what no archive can: the
   *     character 0, half a surrogate pair, or more than 65,000 bytes
   * @throws TracerException inside vmap or a staged function, where values are not known; the file
   *     is not touched
   * @throws UncheckedIOException if writing fails
   */
  public static void write(Path file, Map<String, Tensor> arrays) {
    writeInOrder(file, new TreeMap<>(arrays));
  }

  private static void writeInOrder(Path file, SequencedMap<String, Tensor> arrays) {
    SequencedMap<String, DenseTensor> values = new LinkedHashMap<>();
    arrays.forEach((name, tensor) -> values.put(name, Bind.read(tensor)));
    try {
      Archive.write(file, values);
    } catch (NoSuchFileException e) {
      throw new NpyException("npz: " + file + ": cannot be made: its folder does not exist");
    } catch (IOException e) {
      throw new UncheckedIOException("npz: " + file + ": writing failed: " + e, e);
    }
  }

  /**
   * Reads the tensors of a file by name.
   *
   * @param file the file, with compressed arrays or without
   * @return the tensors in the order of the file, unmodifiable
   * @throws NpyException if there is no such file, it is not an {@code .npz} archive, it is damaged
   *     or holds something else than arrays, two arrays have one name, or {@link Npy#read} would
   *     refuse one of them
   * @throws UncheckedIOException if reading fails
   */
  public static SequencedMap<String, Tensor> read(Path file) {
    return reading(
        file,
        archive -> {
          SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
          for (String name : archive.names()) {
            tensors.put(name, archive.read(name));
          }
          return Collections.unmodifiableSequencedMap(tensors);
        });
  }

  /** What is done with an open archive. */
  private interface Reading {
    SequencedMap<String, Tensor> of(Archive archive) throws IOException;
  }

  private static SequencedMap<String, Tensor> reading(Path file, Reading reading) {
    try (Archive archive = Archive.open(file)) {
      return reading.of(archive);
    } catch (NoSuchFileException e) {
      throw new NpyException("npz: " + file + ": no such file");
    } catch (ZipException e) {
      throw new NpyException("npz: " + file + ": damaged: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("npz: " + file + ": reading failed: " + e, e);
    }
  }
}
