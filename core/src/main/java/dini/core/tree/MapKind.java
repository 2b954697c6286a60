package dini.core.tree;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Maps, whose leaves come in the order of the keys: the order of a hash table may change. */
final class MapKind extends BranchKind {
  static final MapKind HASH_MAP = new MapKind();
  static final MapKind LINKED_HASH_MAP = new MapKind();
  static final MapKind TREE_MAP = new MapKind();

  /** All maps that the JDK hides behind the interface, views of mutable ones too. */
  static final MapKind UNMODIFIABLE = new MapKind();

  /** The same, for maps with an order of their own. */
  static final MapKind UNMODIFIABLE_SORTED = new MapKind();

  private MapKind() {}

  @Override
  Keys keys(Object value) {
    return Keys.of((Map<?, ?>) value);
  }

  @Override
  Object[] parts(Object value, Keys keys) {
    Map<?, ?> map = (Map<?, ?>) value;
    Object[] parts = new Object[keys.names().size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = map.get(keys.names().get(i));
    }
    return parts;
  }

  @Override
  Object rebuild(Object[] parts, Keys keys) {
    if (this == HASH_MAP) {
      return fill(HashMap.newHashMap(parts.length), parts, keys);
    }
    if (this == TREE_MAP) {
      return fill(sorted(keys), parts, keys);
    }
    if (this == UNMODIFIABLE_SORTED) {
      return Collections.unmodifiableNavigableMap(fill(sorted(keys), parts, keys));
    }
    SequencedMap<Object, Object> linked =
        fill(LinkedHashMap.newLinkedHashMap(parts.length), parts, keys);
    return this == LINKED_HASH_MAP ? linked : Collections.unmodifiableSequencedMap(linked);
  }

  private static TreeMap<Object, Object> sorted(Keys keys) {
    return keys.order().isPresent() ? new TreeMap<>(keys.order().get()) : new TreeMap<>();
  }

  private static <M extends Map<Object, Object>> M fill(M map, Object[] parts, Keys keys) {
    for (int i = 0; i < parts.length; i++) {
      map.put(keys.names().get(i), parts[i]);
    }
    return map;
  }

  @Override
  String label(int part, Keys keys) {
    return "[" + Names.literal(keys.names().get(part)) + "]";
  }

  @Override
  BranchKind family() {
    return UNMODIFIABLE;
  }

  @Override
  String say(Branch branch) {
    return branch.keys.names().stream()
        .map(Names::literal)
        .collect(joining(", ", "a map with keys [", "]"));
  }

  @Override
  String text(Branch branch) {
    return "{" + join(branch, i -> Names.literal(branch.keys.names().get(i)) + "=") + "}";
  }
}
