package dini.functional;

import dini.core.TensorType;
import dini.core.compile.Executable;
import dini.core.trace.Advice;
import dini.core.tree.Structure;
import dini.functional.StagedLanes.Lane;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@link Jit#jit} keeps: one compiled program for each signature that the function was called
 * with. A signature is what may change the program: the structure of the argument with its static
 * data, the shape and dtype of every tensor, and the lanes of {@code vmap}s around the call.
 *
 * <p>It keeps {@value #DEFAULT_LIMIT} programs unless told otherwise; the one that was not used for
 * longest makes room for a new one. A function that is called with ever new signatures, since a
 * static leaf counts steps for example, is compiled again and again: the cache then warns once,
 * through the logger {@code dini}.
 */
public final class JitCache {
  private static final int DEFAULT_LIMIT = 64;

  /** A program that is ready to run, and the structure of its results. */
  record Entry(Signature signature, Executable executable, Structure result) {}

  /** What a program was made for. */
  record Signature(Structure structure, TensorType[] types, List<Lane> lanes) {

    boolean fits(Structure other, TensorType[] others, List<Lane> otherLanes) {
      if (types.length != others.length) {
        return false;
      }
      for (int i = 0; i < types.length; i++) {
        if (types[i] != others[i] && !types[i].equals(others[i])) {
          return false;
        }
      }
      return lanes.equals(otherLanes) && (structure == other || structure.equals(other));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Signature that && fits(that.structure, that.types, that.lanes);
    }

    @Override
    public int hashCode() {
      return 31 * structure.hashCode() + Arrays.hashCode(types) + lanes.hashCode();
    }

    @Override
    public String toString() {
      return Arrays.toString(types) + (lanes.isEmpty() ? "" : " in lanes " + lanes);
    }
  }

  private final Map<Signature, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private int limit = DEFAULT_LIMIT;
  private int dropped;
  private boolean warned;
  private volatile Entry last;

  JitCache() {}

  /**
   * How many compiled programs there are now.
   *
   * @return the number
   */
  public synchronized int size() {
    return entries.size();
  }

  /**
   * The signatures of the programs, the one used last at the end: the types of the argument's
   * tensors in order.
   *
   * @return one line for each
   */
  public synchronized List<String> signatures() {
    return entries.keySet().stream().map(Signature::toString).toList();
  }

  /**
   * Bounds the number of programs that are kept.
   *
   * @param programs at least 1
   * @throws IllegalArgumentException if it is less
   */
  public synchronized void limit(int programs) {
    if (programs < 1) {
      throw new IllegalArgumentException(
          "jit: the cache must keep at least 1 program, got " + programs);
    }
    limit = programs;
    shrink();
  }

  /** Forgets all programs. */
  public synchronized void clear() {
    entries.clear();
    last = null;
  }

  Optional<Entry> find(Structure structure, TensorType[] types, List<Lane> lanes) {
    Entry recent = last;
    if (recent != null && recent.signature.fits(structure, types, lanes)) {
      return Optional.of(recent);
    }
    synchronized (this) {
      Entry found = entries.get(new Signature(structure, types, lanes));
      last = found == null ? last : found;
      return Optional.ofNullable(found);
    }
  }

  synchronized void keep(Entry entry) {
    entries.put(entry.signature, entry);
    last = entry;
    shrink();
  }

  private void shrink() {
    while (entries.size() > limit) {
      Entry oldest = entries.remove(entries.keySet().iterator().next());
      last = last == oldest ? null : last;
      if (++dropped >= 2 * limit && !warned) {
        warned = true;
        Advice.warn(
            "jit",
            "jit: a function was compiled for "
                + (dropped + limit)
                + " signatures; if a number that changes in every call is static, as an int or a"
                + " double in a record is, make it a tensor");
      }
    }
  }
}
