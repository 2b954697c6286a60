package dini.functional.catalogue;

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
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The class files of the three modules, so that a test forgets none. */
final class LibraryClasses {
  private LibraryClasses() {}

  /** Every class of the library, by internal name. */
  static final Map<String, ClassModel> ALL = read();

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
    return Map.copyOf(classes);
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

  /** The classes of some packages, in the order of their names. */
  static Stream<Class<?>> in(Set<String> packages) {
    return ALL.keySet().stream()
        .map(name -> name.replace('/', '.'))
        .filter(name -> packages.contains(name.substring(0, Math.max(0, name.lastIndexOf('.')))))
        .sorted()
        .map(LibraryClasses::load);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, LibraryClasses.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
  }
}
