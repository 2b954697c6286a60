package dini.core.numpy;

import dini.core.NpyException;
import dini.core.TensorType;
import dini.core.dense.DenseTensor;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A zip file of arrays, each a member of its name and {@code .npy}. */
public final class Archive implements AutoCloseable {
  private static final String SUFFIX = ".npy";

  /** A zip file has 65,535 bytes for a name; some are left for the suffix and for fields beside. */
  private static final int LONGEST_NAME = 65_000;

  /**
   * The time of every member. Zip times begin with 1980, but Java takes the first moment of that
   * year for an earlier one, which it notes besides, in the time zone of the machine.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final String where;
  private final ZipFile zip;
  private final SequencedMap<String, ZipEntry> members = new LinkedHashMap<>();

  private Archive(Path file, ZipFile zip) {
    this.where = "npz: " + file;
    this.zip = zip;
    for (ZipEntry member : Collections.list(zip.entries())) {
      String name = member.getName();
      if (!name.endsWith(SUFFIX)) {
        throw new NpyException(where + ": holds " + name + ", expected nothing but .npy members");
      }
      String array = name.substring(0, name.length() - SUFFIX.length());
      if (members.put(array, member) != null) {
        throw new NpyException(where + ": holds two arrays of the name " + array);
      }
    }
  }

  /**
   * Writes arrays, uncompressed: other compressors would give other bytes.
   *
   * @param file the file to make or replace
   * @param arrays the arrays in order
   * @throws NpyException if an archive cannot have a name; nothing has been done then
   * @throws IOException if writing fails
   */
  public static void write(Path file, SequencedMap<String, DenseTensor> arrays) throws IOException {
    for (String name : arrays.keySet()) {
      checkName(file, name);
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        ZipOutputStream members = new ZipOutputStream(out)) {
      for (var array : arrays.entrySet()) {
        members.putNextEntry(member(array.getKey(), array.getValue()));
        NpyArray.write(members, array.getValue());
        members.closeEntry();
      }
    }
  }

  private static void checkName(Path file, String name) {
    // Python cuts names at a 0
    if (name.indexOf(0) >= 0
        || !StandardCharsets.UTF_8.newEncoder().canEncode(name)
        || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new NpyException(
          "npz: "
              + file
              + ": no archive can hold a name with the character 0, half a surrogate pair or more"
              + " than "
              + LONGEST_NAME
              + " bytes; got one of "
              + name.length()
              + " characters: "
              + name.substring(0, Math.min(80, name.length())).replace('\0', '?'));
    }
  }

  /** A member that is not compressed has its length and checksum before its bytes. */
  private static ZipEntry member(String name, DenseTensor x) throws IOException {
    CRC32 checksum = new CRC32();
    try (OutputStream out = new CheckedOutputStream(OutputStream.nullOutputStream(), checksum)) {
      NpyArray.write(out, x);
    }
    ZipEntry member = new ZipEntry(name + SUFFIX);
    member.setTimeLocal(TIME);
    member.setMethod(ZipEntry.STORED);
    member.setSize(NpyArray.size(x.type()));
    member.setCrc(checksum.getValue());
    return member;
  }

  /**
   * Opens an archive.
   *
   * @param file the file
   * @return its arrays, to be closed
   * @throws NpyException if it is no archive of arrays
   * @throws IOException if reading fails
   */
  public static Archive open(Path file) throws IOException {
    ZipFile zip = zip(file);
    try {
      return new Archive(file, zip);
    } catch (NpyException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile zip(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (UnsupportedOperationException e) {
      throw new NpyException(
          "npz: " + file + ": is inside another file system: copy it to a folder first");
    } catch (ZipException | EOFException e) {
      try (InputStream in = Files.newInputStream(file)) {
        throw new NpyException(
            "npz: "
                + file
                + (Header.isMagic(in.readNBytes(Header.MAGIC_BYTES))
                    ? ": an .npy file came, expected an .npz archive: read it with Npy"
                    : ": not an .npz archive: " + reason(e)));
      }
    }
  }

  /**
   * The names of the arrays.
   *
   * @return the names in the order of the file
   */
  public SequencedSet<String> names() {
    return Collections.unmodifiableSequencedSet(members.sequencedKeySet());
  }

  /**
   * Reads an array of a known name.
   *
   * @param name the name
   * @return the array
   * @throws NpyException if it is damaged or of a dtype that tensors do not have
   * @throws IOException if reading fails
   */
  public DenseTensor read(String name) throws IOException {
    return read(name, List.of());
  }

  /**
   * Reads an array of a known name, if it is of some type.
   *
   * @param name the name
   * @param type the type it must have
   * @return the array
   * @throws NpyException if it is damaged or of another type
   * @throws IOException if reading fails
   */
  public DenseTensor read(String name, TensorType type) throws IOException {
    return read(name, List.of(type));
  }

  private DenseTensor read(String name, List<TensorType> expected) throws IOException {
    ZipEntry member = members.get(name);
    String array = where + ": " + name;
    CRC32 checksum = new CRC32();
    try (InputStream in = new CheckedInputStream(zip.getInputStream(member), checksum)) {
      NpyArray header = NpyArray.open(array, in, member.getSize());
      for (TensorType type : expected) {
        if (!header.type().equals(type)) {
          throw new NpyException(array + " is " + header.type() + ", expected " + type);
        }
      }
      DenseTensor values = header.read();
      if (in.read() >= 0 || checksum.getValue() != member.getCrc()) {
        throw new NpyException(array + ": damaged: its bytes do not have the checksum noted");
      }
      return values;
    } catch (ZipException | EOFException e) {
      throw new NpyException(array + ": damaged: " + reason(e));
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "it ends too soon" : e.getMessage();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
