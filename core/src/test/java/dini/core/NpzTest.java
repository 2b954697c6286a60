package dini.core;

import static dini.core.Tensors.bools;
import static dini.core.Tensors.floats;
import static dini.core.Tensors.full;
import static dini.core.Tensors.ints;
import static dini.core.Tensors.longs;
import static dini.core.Tensors.ones;
import static dini.core.Tensors.scalar;
import static dini.core.Tensors.tensor;
import static dini.core.Tensors.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dini.core.trace.BatchTrace;
import dini.core.trace.DerivativeTrace;
import dini.core.trace.TraceStack;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the folder {@code npz} beside this class were written by NumPy 2.4.6. */
class NpzTest {
  record Layer(Tensor w, Tensor b) {}

  record Model(
      List<Layer> layers,
      Map<String, Tensor> moments,
      Tensor scale,
      Tensor mask,
      Tensor steps,
      Tensor seen,
      int epoch) {}

  private static final Model MODEL =
      new Model(
          List.of(
              new Layer(
                  tensor(new double[][] {{0, 0.25, 0.5}, {0.75, 1, 1.25}}), floats(0.5f, -1.25f))),
          Map.of("w", zeros(0, 3)),
          scalar(2.5),
          bools(true, false, true),
          full(7, DType.INT32),
          longs(1L << 40),
          3);

  @TempDir private Path folder;

  private static Path numpy(String name) {
    try {
      return Path.of(NpzTest.class.getResource("npz/" + name + ".npz").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private Path saved(Object tree) {
    Path file = folder.resolve("tree.npz");
    Npz.save(file, tree);
    return file;
  }

  private void refuses(Path file, Object like, String message) {
    assertThatExceptionOfType(NpyException.class)
        .isThrownBy(() -> Npz.load(file, like))
        .withMessage("npz: " + file + message);
  }

  private void refuses(Path file, String message) {
    assertThatExceptionOfType(NpyException.class)
        .isThrownBy(() -> Npz.read(file))
        .withMessage("npz: " + file + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored", "compressed"})
  void loadsWhatNumpySaved(String name) {
    assertThat(Npz.load(numpy(name), Trees.treeZerosLike(MODEL))).isEqualTo(MODEL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored", "compressed"})
  void readsByNameInTheOrderOfTheFile(String name) {
    SequencedMap<String, Tensor> arrays = Npz.read(numpy(name));
    assertThat(arrays.keySet())
        .containsExactly(
            "layers[0].w", "layers[0].b", "moments[\"w\"]", "scale", "mask", "steps", "seen");
    assertThat(arrays.get("seen")).isEqualTo(longs(1L << 40));
  }

  @Test
  void loadsWhatItSaved() {
    Path file = saved(MODEL);
    assertThat(Npz.load(file, Trees.treeZerosLike(MODEL))).isEqualTo(MODEL);
    assertThat(Npz.read(file)).isEqualTo(Trees.treeNamed(MODEL));
    assertThat(List.copyOf(Npz.read(file).keySet()))
        .isEqualTo(List.copyOf(Trees.treeNamed(MODEL).keySet()));
  }

  @Test
  void staticDataComeFromTheOtherTree() {
    Model other =
        new Model(
            MODEL.layers(),
            MODEL.moments(),
            MODEL.scale(),
            MODEL.mask(),
            MODEL.steps(),
            MODEL.seen(),
            9);
    assertThat(Npz.load(saved(MODEL), other).epoch()).isEqualTo(9);
  }

  @Test
  void savesEveryKindOfTree() {
    for (Object tree :
        List.of(
            tensor(1, 2),
            List.of(),
            List.of(scalar(1), List.of(ones(2))),
            Optional.of(ints(3)),
            Map.of(2, scalar(1), 10, scalar(2)),
            Map.of("a\"]", scalar(1), "\\", scalar(2), "é/ü 😀", scalar(3), "", scalar(4)))) {
      assertThat(Npz.load(saved(tree), tree)).as("%s", tree).isEqualTo(tree);
    }
    assertThat(Npz.read(saved(tensor(1, 2)))).containsExactly(Map.entry("tensor", tensor(1, 2)));
  }

  @Test
  void membersAreFilesOfNpy() throws IOException {
    Path file = saved(MODEL);
    Path single = folder.resolve("x.npy");
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (var leaf : Trees.treeNamed(MODEL).entrySet()) {
        Npy.write(single, leaf.getValue());
        ZipEntry member = zip.getEntry(leaf.getKey() + ".npy");
        assertThat(zip.getInputStream(member)).hasBinaryContent(Files.readAllBytes(single));
        assertThat(member.getMethod()).isEqualTo(ZipEntry.STORED);
        assertThat(member.getExtra()).isNull();
      }
    }
  }

  /** Time 0:00 of the first of February 1980, and no field beside that could hold another one. */
  @Test
  void notesNoTime() throws IOException {
    byte[] bytes = Files.readAllBytes(saved(new Layer(tensor(1, 2), scalar(3))));
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(header.getInt(0)).isEqualTo(0x04034b50);
    assertThat(header.getShort(8)).as("method").isZero();
    assertThat(header.getShort(10)).as("time").isZero();
    assertThat(header.getShort(12)).as("date").isEqualTo((short) (2 << 5 | 1));
    assertThat(header.getShort(26)).as("length of name").isEqualTo((short) "w.npy".length());
    assertThat(header.getShort(28)).as("length of more fields").isZero();
    assertThat(new String(bytes, 30, 5, StandardCharsets.UTF_8)).isEqualTo("w.npy");
  }

  @Test
  void sameTreeGivesTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(saved(new HashMap<>(Map.of("b", scalar(1), "a", ones(3)))));
    Map<String, Tensor> other = new LinkedHashMap<>();
    other.put("b", scalar(1));
    other.put("a", ones(3));
    assertThat(Files.readAllBytes(saved(other))).isEqualTo(first);
  }

  @Test
  void writesNamedArraysInTheOrderOfNames() {
    Path file = folder.resolve("data.npz");
    Npz.write(file, Map.of("y", tensor(1, 2), "x", scalar(3), "z", ints()));
    assertThat(Npz.read(file).keySet()).containsExactly("x", "y", "z");
    assertThat(Npz.read(file)).isEqualTo(Map.of("y", tensor(1, 2), "x", scalar(3), "z", ints()));
  }

  @Test
  void readsBackEveryElementOfManyChunks() {
    for (DType dtype : DType.values()) {
      Tensor x = Tensors.arange(66_669).astype(dtype);
      assertThat(Npz.load(saved(x), x)).isEqualTo(x);
    }
  }

  @Test
  void replacesALongerFile() {
    saved(zeros(1000));
    assertThat(Npz.load(saved(scalar(1)), scalar(0))).isEqualTo(scalar(1));
  }

  @Test
  void refusesTheFileOfAnotherTree() {
    Path file = saved(new Layer(ones(2, 3), ones(2)));
    refuses(file, new Layer(ones(2, 3), ones(3)), ": b is f64[2], expected f64[3]");
    refuses(
        file,
        new Layer(ones(2, 3).astype(DType.FLOAT32), ones(2)),
        ": w is f64[2,3], expected f32[2,3]");
    refuses(file, List.of(ones(2)), ": holds another tree: no array for [0]; no leaf for b, w");
    refuses(file, ones(2), ": holds another tree: no array for tensor; no leaf for b, w");
    refuses(file, List.of(), ": holds another tree: no leaf for b, w");
    refuses(
        file,
        new Both(new Layer(ones(2, 3), ones(2)), ones(2, 3), ones(2)),
        ": holds another tree: no array for layer.b, layer.w");
    refuses(numpy("nothing"), scalar(1), ": holds another tree: no array for tensor");
  }

  record Both(Layer layer, Tensor w, Tensor b) {}

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    Path text = Files.writeString(folder.resolve("text.npz"), "a,b,c\n1,2,3\n");
    refuses(text, ": not an .npz archive: zip END header not found");
    Path empty = Files.createFile(folder.resolve("empty.npz"));
    refuses(empty, ": not an .npz archive: zip file is empty");
    Path npy = folder.resolve("x.npy");
    Npy.write(npy, ones(3));
    refuses(npy, ": an .npy file came, expected an .npz archive: read it with Npy");
    refuses(folder.resolve("none.npz"), ": no such file");
    assertThatExceptionOfType(NpyException.class)
        .isThrownBy(() -> Npy.read(saved(ones(3))))
        .withMessageEndingWith(": an .npz archive came, expected an .npy file: read it with Npz");
  }

  @Test
  void refusesOtherMembers() throws IOException {
    Path file = folder.resolve("mixed.npz");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("notes.txt"));
      out.write('x');
    }
    refuses(file, ": holds notes.txt, expected nothing but .npy members");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry("w.npy"));
      out.write("no array".getBytes(StandardCharsets.US_ASCII));
    }
    refuses(
        file,
        ": w: not an .npy file: it begins with the bytes 6e 6f 20 61 72 72,"
            + " expected 93 4e 55 4d 50 59");
  }

  @Test
  void refusesDamagedFiles() throws IOException {
    byte[] whole = Files.readAllBytes(saved(new Layer(ones(50), ones(2))));
    byte[] element = whole.clone();
    element[35 + 128 + 80] ^= 1; // in the elements of w
    refuses(
        Files.write(folder.resolve("element.npz"), element),
        ": w: damaged: its bytes do not have the checksum noted");
    byte[] cut = Arrays.copyOf(whole, whole.length - 30);
    refuses(
        Files.write(folder.resolve("cut.npz"), cut),
        ": not an .npz archive: zip END header not found");
  }

  @Test
  void everyDamagedByteIsRefusedOrDoesNotMatter() throws IOException {
    for (String name : List.of("stored", "compressed")) {
      byte[] whole = Files.readAllBytes(numpy(name));
      Path file = folder.resolve("damaged.npz");
      int refused = 0;
      for (int i = 0; i < whole.length; i++) {
        byte[] damaged = whole.clone();
        damaged[i] ^= 0x55;
        Files.write(file, damaged);
        try {
          assertThat(Npz.load(file, MODEL)).as("byte %d of %s", i, name).isEqualTo(MODEL);
        } catch (NpyException e) {
          assertThat(e).hasMessageStartingWith("npz: " + file);
          refused++;
        }
      }
      assertThat(refused).as(name).isGreaterThan(whole.length / 2);
    }
  }

  @Test
  void refusesNamesThatNoArchiveCanHold() {
    Path file = saved(scalar(1));
    String expected =
        ": no archive can hold a name with the character 0, half a surrogate pair or more than"
            + " 65000 bytes; got one of ";
    for (String name : List.of("a\0b", "\ud800", "é".repeat(40_000))) {
      assertThatExceptionOfType(NpyException.class)
          .isThrownBy(() -> Npz.write(file, Map.of(name, scalar(2))))
          .withMessageStartingWith("npz: " + file + expected + name.length() + " characters: ");
    }
    assertThat(Npz.load(file, scalar(0))).isEqualTo(scalar(1));
  }

  @Test
  void namesAFolderThatIsMissing() {
    Path file = folder.resolve("none").resolve("x.npz");
    assertThatExceptionOfType(NpyException.class)
        .isThrownBy(() -> Npz.save(file, zeros(2)))
        .withMessage("npz: " + file + ": cannot be made: its folder does not exist");
  }

  @Test
  void savesToOtherFileSystemsAndSaysThatItReadsFromNone() throws IOException {
    Path archive = folder.resolve("files.zip");
    try (FileSystem system = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path file = system.getPath("/x.npz");
      Npz.save(file, scalar(1));
      refuses(file, ": is inside another file system: copy it to a folder first");
    }
  }

  @Test
  void savesThePrimalInsideADerivative() {
    DerivativeTrace trace = TraceStack.current().derivative();
    try {
      Path file = saved(trace.dual(tensor(1, 2), tensor(3, 4)));
      assertThat(Npz.load(file, zeros(2))).isEqualTo(tensor(1, 2));
    } finally {
      TraceStack.current().close(trace);
    }
  }

  @Test
  void leavesTheFileAloneWhereValuesAreNotKnown() {
    Path file = saved(List.of(tensor(1, 2)));
    BatchTrace trace = TraceStack.current().batch(2);
    try {
      Tensor lanes = trace.batched(zeros(2, 3));
      assertThatExceptionOfType(TracerException.class)
          .isThrownBy(() -> Npz.save(file, List.of(scalar(1), lanes)));
    } finally {
      TraceStack.current().close(trace);
    }
    assertThat(Npz.load(file, List.of(zeros(2)))).isEqualTo(List.of(tensor(1, 2)));
  }
}
