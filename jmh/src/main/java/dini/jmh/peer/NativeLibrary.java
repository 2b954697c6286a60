package dini.jmh.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A native library that lies in a jar of the class path, with those that it needs. It is copied to
 * a temporary folder and opened from there.
 *
 * @param folder where the jars of all platforms have it, ending in a slash
 * @param files the files of one platform, those that others need first
 */
record NativeLibrary(String folder, List<String> files) {

  /** OpenBLAS as Bytedeco packs it, for the platform that this is. */
  static NativeLibrary openBlas() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
    String folder = "org/bytedeco/openblas/";
    if (os.contains("mac")) {
      List<String> files =
          List.of("libgcc_s.1.1.dylib", "libquadmath.0.dylib", "libgfortran.dylib");
      return new NativeLibrary(folder + "macosx-" + arch + "/", with(files, "libopenblas.0.dylib"));
    }
    if (os.contains("windows")) {
      List<String> files = List.of("libgcc_s_seh-1.dll", "libquadmath-0.dll", "libgfortran-5.dll");
      return new NativeLibrary(folder + "windows-" + arch + "/", with(files, "libopenblas.dll"));
    }
    List<String> files = List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5");
    return new NativeLibrary(folder + "linux-" + arch + "/", with(files, "libopenblas.so.0"));
  }

  private static List<String> with(List<String> files, String last) {
    return Stream.concat(files.stream(), Stream.of(last)).toList();
  }

  /** Whether the class path has it. */
  boolean isPresent() {
    return url(files.getLast()) != null;
  }

  /** Opens it. */
  @SuppressWarnings("restricted") // forks are started with native access
  SymbolLookup open() {
    try {
      Path copies = Files.createTempDirectory("dini-native");
      copies.toFile().deleteOnExit();
      SymbolLookup last = null;
      for (String file : files) {
        URL from = url(file);
        if (from == null) {
          continue; // not every platform needs them all
        }
        Path to = copies.resolve(file);
        to.toFile().deleteOnExit();
        try (InputStream in = from.openStream()) {
          Files.copy(in, to);
        }
        last = SymbolLookup.libraryLookup(to, Arena.global());
      }
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URL url(String file) {
    return NativeLibrary.class.getClassLoader().getResource(folder + file);
  }
}
