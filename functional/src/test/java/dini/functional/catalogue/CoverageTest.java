package dini.functional.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dini.core.DType;
import dini.core.Primitive;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The class files of all modules are searched for primitives: each must be in the catalogue. */
class CoverageTest {
  private static final String RULES = "dini/core/primitive/Rules";

  /** What the catalogue runs. */
  private static final Set<Primitive> SEEN =
      Catalogue.all()
          .flatMap(entry -> Sample.each(entry, DType.FLOAT64, 61))
          .flatMap(sample -> Catalogue.primitives(sample).stream())
          .collect(Collectors.toSet());

  private static boolean hasRules(String name) {
    ClassModel model = LibraryClasses.ALL.get(name);
    return name.equals(RULES)
        || model != null
            && (model.interfaces().stream().anyMatch(each -> hasRules(each.asInternalName()))
                || model.superclass().filter(each -> hasRules(each.asInternalName())).isPresent());
  }

  /** The names of all primitives: classes, and the constants of enums. */
  private static Set<String> declared() {
    Set<String> names = new TreeSet<>();
    LibraryClasses.ALL.forEach(
        (name, model) -> {
          boolean constantBody =
              model.superclass().filter(each -> hasRules(each.asInternalName())).isPresent();
          if (!hasRules(name) || model.flags().has(AccessFlag.INTERFACE) || constantBody) {
            return;
          }
          String dotted = name.replace('/', '.').replace('$', '.');
          if (model.flags().has(AccessFlag.ENUM)) {
            model.fields().stream()
                .filter(field -> field.flags().has(AccessFlag.ENUM))
                .forEach(field -> names.add(dotted + "." + field.fieldName().stringValue()));
          } else {
            names.add(dotted);
          }
        });
    return names;
  }

  private static String nameOf(Primitive primitive) {
    return primitive instanceof Enum<?> constant
        ? constant.getDeclaringClass().getCanonicalName() + "." + constant.name()
        : primitive.getClass().getCanonicalName();
  }

  @Test
  void scanFindsThePrimitives() {
    Set<String> declared = declared();
    assertTrue(declared.contains("dini.core.primitive.Binary.POW"), declared::toString);
    assertTrue(declared.contains("dini.core.primitive.MatMul"), declared::toString);
    assertTrue(declared.contains("dini.linalg.primitive.LinearSolve"), declared::toString);
    assertTrue(declared.size() >= 45, declared::toString);
  }

  @Test
  void everyPrimitiveIsInTheCatalogue() {
    Set<String> missing = declared();
    SEEN.forEach(primitive -> missing.remove(nameOf(primitive)));
    assertEquals(Set.of(), missing, "primitives without an entry in the catalogue");
  }

  /** Each flag both ways, each choice of an enum of the core. */
  @Test
  void everyStaticParameterIsInTheCatalogue() throws ReflectiveOperationException {
    Set<String> missing = new TreeSet<>();
    for (Primitive primitive : SEEN) {
      if (primitive instanceof Record) {
        for (RecordComponent component : primitive.getClass().getRecordComponents()) {
          for (Object choice : choices(component.getType())) {
            missing.add(nameOf(primitive) + ": " + component.getName() + " = " + choice);
          }
        }
      }
    }
    Set<String> found = new HashSet<>();
    for (Primitive primitive : SEEN) {
      if (primitive instanceof Record) {
        for (RecordComponent component : primitive.getClass().getRecordComponents()) {
          Object choice = component.getAccessor().invoke(primitive);
          found.add(nameOf(primitive) + ": " + component.getName() + " = " + choice);
        }
      }
    }
    missing.removeAll(found);
    assertEquals(Set.of(), missing, "parameters without an entry in the catalogue");
  }

  private static List<?> choices(Class<?> type) {
    if (type == boolean.class) {
      return List.of(true, false);
    }
    return type.isEnum() && type.getPackageName().startsWith("dini.core")
        ? Arrays.asList(type.getEnumConstants())
        : List.of();
  }
}
