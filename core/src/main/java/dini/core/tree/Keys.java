package dini.core.tree;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The keys of a map, in their natural order.
 *
 * @param names the keys
 * @param order the order in which the map itself iterates, if it has one of its own
 */
record Keys(List<Object> names, Optional<Comparator<? super Object>> order) {
  /** Of what has no keys. */
  static final Keys NONE = new Keys(List.of(), Optional.empty());

  static Keys of(Map<?, ?> map) {
    Object[] keys = map.keySet().toArray();
    for (Object key : keys) {
      if (key == null) {
        throw new Refusal("a null key");
      }
      if (!(key instanceof Comparable)) {
        throw new Refusal(
            "key "
                + Names.literal(key)
                + " of class "
                + key.getClass().getName()
                + " is not Comparable, so that the leaves would have no order");
      }
    }
    sort(keys);
    return new Keys(List.of(keys), order(map));
  }

  private static void sort(Object[] keys) {
    try {
      Arrays.sort(keys);
    } catch (ClassCastException e) {
      for (Object key : keys) {
        if (key.getClass() != keys[0].getClass()) {
          throw new Refusal(
              "keys "
                  + Names.literal(keys[0])
                  + " and "
                  + Names.literal(key)
                  + " of classes "
                  + keys[0].getClass().getName()
                  + " and "
                  + key.getClass().getName()
                  + " cannot be compared");
        }
      }
      throw e;
    }
    for (int i = 1; i < keys.length; i++) {
      if (compare(keys[i - 1], keys[i]) == 0) {
        throw new Refusal(
            "keys "
                + Names.literal(keys[i - 1])
                + " and "
                + Names.literal(keys[i])
                + " are different but compare as equal, so that the leaves would have no order");
      }
    }
  }

  @SuppressWarnings("unchecked") // the sort has compared them already
  private static int compare(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }

  @SuppressWarnings("unchecked") // it compares the keys of this map, which is all it will be asked
  private static Optional<Comparator<? super Object>> order(Map<?, ?> map) {
    return map instanceof SortedMap<?, ?> sorted
        ? Optional.ofNullable((Comparator<? super Object>) sorted.comparator())
        : Optional.empty();
  }
}
