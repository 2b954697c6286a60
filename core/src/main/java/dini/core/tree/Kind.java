package dini.core.tree;

import dini.core.Shape;
import dini.core.Static;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the values of one class are treated. Compared by identity. */
sealed interface Kind permits StaticKind, BranchKind {

  /** The kind of a class, which is found once. Refuses what is neither a tree nor static data. */
  static Kind of(Class<?> type) {
    return Found.KINDS.get(type);
  }

  /** Whether a class is the JDK's own. */
  static boolean isOfJdk(Class<?> type) {
    String module = type.getModule().getName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }

  /** The classes that were met. */
  final class Found {
    private static final Set<Class<?>> BOXES =
        Set.of(
            Boolean.class,
            Byte.class,
            Character.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class);

    /** A refusal is not kept, so that a class may be registered after one. */
    private static final ClassValue<Kind> KINDS =
        new ClassValue<>() {
          @Override
          protected Kind computeValue(Class<?> type) {
            return find(type);
          }
        };

    private Found() {}

    private static Kind find(Class<?> type) {
      if (BOXES.contains(type)
          || type == String.class
          || type == Class.class
          || type == Static.class
          || Enum.class.isAssignableFrom(type)) {
        return StaticKind.STATIC;
      }
      if (type.isRecord()) {
        return new RecordKind(type);
      }
      if (type == Optional.class) {
        return OptionalKind.OPTIONAL;
      }
      if (type.isArray() && !type.componentType().isPrimitive()) {
        return new ArrayKind(type.componentType());
      }
      return Registry.find(type).map(Kind.class::cast).orElseGet(() -> collection(type));
    }

    private static Kind collection(Class<?> type) {
      // Nobody can name the classes that the JDK hides, so no variable can demand one of them back.
      boolean hidden =
          type.getModule() == Object.class.getModule() && !Modifier.isPublic(type.getModifiers());
      if (List.class.isAssignableFrom(type)) {
        if (type == ArrayList.class) {
          return ListKind.ARRAY_LIST;
        }
        if (hidden) {
          return ListKind.IMMUTABLE;
        }
        throw new Refusal(
            "class "
                + type.getName()
                + " cannot be rebuilt as itself; declare it as List, and pass List.copyOf of it");
      }
      if (Map.class.isAssignableFrom(type)) {
        if (type == HashMap.class) {
          return MapKind.HASH_MAP;
        }
        if (type == LinkedHashMap.class) {
          return MapKind.LINKED_HASH_MAP;
        }
        if (type == TreeMap.class) {
          return MapKind.TREE_MAP;
        }
        if (hidden) {
          return SortedMap.class.isAssignableFrom(type)
              ? MapKind.UNMODIFIABLE_SORTED
              : MapKind.UNMODIFIABLE;
        }
        throw new Refusal(
            "class "
                + type.getName()
                + " cannot be rebuilt as itself; declare it as Map, and pass Map.copyOf of it");
      }
      throw refused(type);
    }

    private static Refusal refused(Class<?> type) {
      if (type.isArray()) {
        return new Refusal(
            type.getTypeName()
                + " is neither a tensor nor static data; make it a Tensor, or wrap it in Static");
      }
      if (Collection.class.isAssignableFrom(type)) {
        return new Refusal("class " + type.getName() + " is neither a List nor a Map");
      }
      if (type.isHidden()) {
        return new Refusal(
            "a lambda or another hidden class, whose tensors would get no derivative; make it a"
                + " record, or wrap it in Static if it holds no tensors");
      }
      if (isOfJdk(type) || type == Shape.class) {
        return new Refusal(
            "class "
                + type.getName()
                + " is neither a tree nor static data; wrap it in Static if it has no derivative");
      }
      return new Refusal(
          "class "
              + type.getName()
              + " is not a record; make it one, or register it with Trees.register");
    }
  }
}
