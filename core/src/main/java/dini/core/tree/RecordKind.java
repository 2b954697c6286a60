package dini.core.tree;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Records, read by their accessors and rebuilt by their canonical constructor. */
final class RecordKind extends BranchKind {
  /** The only collection classes that a component may name: values of them come back as such. */
  private static final Set<Class<?>> KEPT =
      Set.of(ArrayList.class, HashMap.class, LinkedHashMap.class, TreeMap.class);

  /** The structure of all records of this class that hold nothing but tensors. */
  final Branch onlyLeaves;

  private final Class<?> type;
  private final String[] names;

  /** From a record to the array of its components: one handle, which the JVM compiles whole. */
  private final MethodHandle reader;

  private final MethodHandle constructor;

  RecordKind(Class<?> type) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    this.names = new String[components.length];
    MethodHandle[] accessors = new MethodHandle[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      names[i] = components[i].getName();
      types[i] = components[i].getType();
      check(components[i]);
      accessors[i] = accessor(components[i].getAccessor());
    }
    this.reader = reader(accessors);
    this.constructor = constructor(types);
    Structure[] leaves = new Structure[components.length];
    Arrays.fill(leaves, Leaf.LEAF);
    this.onlyLeaves = new Branch(this, Keys.NONE, leaves);
  }

  private static void check(RecordComponent component) {
    Class<?> declared = component.getType();
    boolean list = Collection.class.isAssignableFrom(declared);
    boolean map = Map.class.isAssignableFrom(declared);
    if ((list || map)
        && !declared.isInterface()
        && !KEPT.contains(declared)
        && Registry.find(declared).isEmpty()) {
      throw new Refusal(
              "declared as class "
                  + declared.getName()
                  + ", which cannot be rebuilt; declare it as "
                  + (map ? "Map" : "List"))
          .under("." + component.getName());
    }
  }

  private MethodHandle accessor(Method method) {
    open(method);
    try {
      return MethodHandles.lookup()
          .unreflect(method)
          .asType(methodType(Object.class, Object.class));
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static MethodHandle reader(MethodHandle[] accessors) {
    MethodHandle gather =
        MethodHandles.identity(Object[].class).asCollector(Object[].class, accessors.length);
    return MethodHandles.permuteArguments(
        MethodHandles.filterArguments(gather, 0, accessors),
        methodType(Object[].class, Object.class),
        new int[accessors.length]);
  }

  private MethodHandle constructor(Class<?>[] types) {
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      open(canonical);
      return MethodHandles.lookup()
          .unreflectConstructor(canonical)
          .asFixedArity() // a record of varargs takes its array as it is
          .asSpreader(Object[].class, types.length)
          .asType(methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Works without {@code opens} for a public member of a public class in an exported package. */
  private void open(AccessibleObject member) {
    try {
      member.setAccessible(true);
    } catch (InaccessibleObjectException e) {
      throw new Refusal(
          "record "
              + type.getName()
              + " is closed to module dini.core; add `opens "
              + type.getPackageName()
              + " to dini.core;` to the module-info of "
              + type.getModule().getName());
    }
  }

  @Override
  Object[] parts(Object value, Keys keys) {
    try {
      return (Object[]) reader.invokeExact(value);
    } catch (Throwable thrown) {
      throw RecordKind.<RuntimeException>unchanged(thrown);
    }
  }

  @Override
  Object rebuild(Object[] parts, Keys keys) {
    try {
      return (Object) constructor.invokeExact(parts);
    } catch (Throwable thrown) {
      throw RecordKind.<RuntimeException>unchanged(thrown);
    }
  }

  /** Throws what the user's code threw, even where that is a checked exception. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchanged(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Override
  String label(int part, Keys keys) {
    return "." + names[part];
  }

  @Override
  boolean isRecord(Class<? extends Record> other) {
    return type == other;
  }

  @Override
  String root() {
    return Names.root(type);
  }

  @Override
  String say(Branch branch) {
    return "record " + type.getName();
  }

  @Override
  String text(Branch branch) {
    return type.getSimpleName() + "(" + join(branch, i -> names[i] + "=") + ")";
  }
}
