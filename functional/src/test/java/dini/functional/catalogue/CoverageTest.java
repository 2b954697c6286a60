package dini.functional.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dini.core.DType;
import dini.core.Primitive;
import dini.core.Tensor;
import dini.functional.Transforms;
import dini.linalg.LinearSystems;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The class files of all modules are searched for primitives: each must be in the catalogue. */
class CoverageTest {
  private static final String RULES = "dini/core/primitive/Rules";

  /** Every class of the library, by internal name. */
  private static final Map<String, ClassModel> CLASSES = read();

  /** What the catalogue runs. */
  private static final Set<Primitive> SEEN =
      Catalogue.all()
          .flatMap(entry -> Sample.each(entry, DType.FLOAT64, 61))
          .flatMap(sample -> Catalogue.primitives(sample).stream())
          .collect(Collectors.toSet());

  private static Map<String, ClassModel> read() {
    Map<String, ClassModel> classes = new HashMap<>();
    for (Class<?> member : List.of(Tensor.class, LinearSystems.class, Transforms.class)) {
      try {
        Path place = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
        for (ModuleReference module : ModuleFinder.of(place).findAll()) {
          read(module, classes);
        }
      } catch (IOException | URISyntaxException e) {
        throw new AssertionError(member.toString(), e);
      }
    }
    return classes;
  }

  private static void read(ModuleReference module, Map<String, ClassModel> classes)
      throws IOException {
    try (ModuleReader reader = module.open()) {
      for (String name : reader.list().filter(each -> each.endsWith(".class")).toList()) {
        try (InputStream in = reader.open(name).orElseThrow()) {
          ClassModel model = ClassFile.of().parse(in.readAllBytes());
          classes.put(model.thisClass().asInternalName(), model);
        }
      }
    }
  }

  private static boolean hasRules(String name) {
    ClassModel model = CLASSES.get(name);
    return name.equals(RULES)
        || model != null
            && (model.interfaces().stream().anyMatch(each -> hasRules(each.asInternalName()))
                || model.superclass().filter(each -> hasRules(each.asInternalName())).isPresent());
  }

  /** The names of all primitives: classes, and the constants of enums. */
  private static Set<String> declared() {
    Set<String> names = new TreeSet<>();
    CLASSES.forEach(
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
