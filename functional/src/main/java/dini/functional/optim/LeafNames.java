package dini.functional.optim;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A mask that names leaves of a tree ({@link dini.core.Trees#treeNamed}), or parts of it: {@code
 * "layers[0]"} is every leaf within, {@code "layers[0].w"} and {@code "layers[0].b"}. Where a mask
 * is a predicate a misspelled name is silent; this one is refused before the first step.
 *
 * <pre>{@code
 * AdamRule rule = Optimizers.adamw(0.01).withDecayMask(Set.of("w", "layers"));
 * Optimizer<ChainState> chain =
 *     chain(masked(clip(1.0), LeafNames.of("layers[0]")), Optimizers.sgd(0.1));
 * }</pre>
 *
 * @param names the names, each of at least one leaf that is optimized
 */
public record LeafNames(Set<String> names) implements Predicate<String> {

  /** Copies the names. */
  public LeafNames {
    names = Set.copyOf(Objects.requireNonNull(names, "names"));
  }

  /**
   * The leaves of these names.
   *
   * @param names the names, which may repeat
   * @return the mask
   */
  public static LeafNames of(String... names) {
    return new LeafNames(new LinkedHashSet<>(List.of(names)));
  }

  /**
   * Whether a leaf is named, or a part of the tree that it is in.
   *
   * @param leaf the name of the leaf
   * @return whether it is
   */
  @Override
  public boolean test(String leaf) {
    return names.stream().anyMatch(name -> isWithin(name, leaf));
  }

  private static boolean isWithin(String name, String leaf) {
    if (!leaf.startsWith(name)) {
      return false;
    }
    return leaf.length() == name.length() || ".[".indexOf(leaf.charAt(name.length())) >= 0;
  }

  /** Refuses leaves among which a name has none. */
  void requireAll(Collection<String> leaves) {
    SortedSet<String> unknown = new TreeSet<>(names);
    unknown.removeIf(name -> leaves.stream().anyMatch(leaf -> isWithin(name, leaf)));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "mask: no leaf is named, or is within, " + unknown + "; there are " + leaves);
    }
  }

  @Override
  public String toString() {
    return new TreeSet<>(names).toString();
  }
}
