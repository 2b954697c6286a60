package dini.core.tree;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A module {@code app} of one record {@code app.Params(Object x)}, whose package is not open. */
final class SmallModule {
  private static final ClassDesc RECORD = ClassDesc.of("java.lang.Record");
  private static final ClassDesc PARAMS = ClassDesc.of("app.Params");
  private static final MethodTypeDesc ONE = MethodTypeDesc.of(ConstantDescs.CD_void, CD_Object);

  private SmallModule() {}

  /** A record of a fresh module that exports its package, where the record may not be public. */
  static Object params(boolean isPublic, Object x) throws Exception {
    ModuleDescriptor descriptor =
        ModuleDescriptor.newModule("app").requires("java.base").exports("app").build();
    ModuleFinder finder =
        new OneModule(
            descriptor, Map.of("app/Params.class", params(isPublic), "app/Maker.class", maker()));
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(finder, ModuleFinder.of(), Set.of("app"));
    return boot.defineModulesWithOneLoader(configuration, null)
        .findLoader("app")
        .loadClass("app.Maker")
        .getMethod("params", Object.class)
        .invoke(null, x);
  }

  private static byte[] params(boolean isPublic) {
    return ClassFile.of()
        .build(
            PARAMS,
            type ->
                type.withFlags(isPublic ? ACC_PUBLIC | ACC_FINAL : ACC_FINAL)
                    .withSuperclass(RECORD)
                    .with(RecordAttribute.of(RecordComponentInfo.of("x", CD_Object)))
                    .withField("x", CD_Object, ACC_PRIVATE | ACC_FINAL)
                    .withMethodBody(
                        "<init>",
                        ONE,
                        ACC_PUBLIC,
                        code ->
                            code.aload(0)
                                .invokespecial(RECORD, "<init>", MTD_void)
                                .aload(0)
                                .aload(1)
                                .putfield(PARAMS, "x", CD_Object)
                                .return_())
                    .withMethodBody(
                        "x",
                        MethodTypeDesc.of(CD_Object),
                        ACC_PUBLIC,
                        code -> code.aload(0).getfield(PARAMS, "x", CD_Object).areturn()));
  }

  private static byte[] maker() {
    return ClassFile.of()
        .build(
            ClassDesc.of("app.Maker"),
            type ->
                type.withFlags(ACC_PUBLIC | ACC_FINAL)
                    .withMethodBody(
                        "params",
                        MethodTypeDesc.of(CD_Object, CD_Object),
                        ACC_PUBLIC | ACC_STATIC,
                        code ->
                            code.new_(PARAMS)
                                .dup()
                                .aload(0)
                                .invokespecial(PARAMS, "<init>", ONE)
                                .areturn()));
  }

  /** Where the module is found: in memory. */
  private record OneModule(ModuleDescriptor descriptor, Map<String, byte[]> classes)
      implements ModuleFinder {

    @Override
    public Optional<ModuleReference> find(String name) {
      return name.equals("app") ? Optional.of(reference()) : Optional.empty();
    }

    @Override
    public Set<ModuleReference> findAll() {
      return Set.of(reference());
    }

    private ModuleReference reference() {
      return new ModuleReference(descriptor, URI.create("memory:app")) {
        @Override
        public ModuleReader open() {
          return new Classes(classes);
        }
      };
    }
  }

  private record Classes(Map<String, byte[]> classes) implements ModuleReader {

    @Override
    public Optional<URI> find(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<InputStream> open(String name) {
      return Optional.ofNullable(classes.get(name)).map(ByteArrayInputStream::new);
    }

    @Override
    public Stream<String> list() {
      return classes.keySet().stream();
    }

    @Override
    public void close() {}
  }
}
