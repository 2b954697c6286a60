package dini.functional;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program of this JDK that runs on the class path of the tests, whatever path they run on. */
public record Child(int status, String out, String err) {

  /** Runs a class of the tests, after some options of the JVM. */
  public static Child java(Class<?> main, String... options) {
    return java(List.of(), main, options);
  }

  /** Likewise, with arguments for the class. */
  public static Child java(List<String> arguments, Class<?> main, String... options) {
    List<String> command = new ArrayList<>(List.of(tool("java")));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(), main.getName()));
    command.addAll(arguments);
    return run(command, "");
  }

  /** Runs a command, which gets a text as its input. */
  public static Child run(List<String> command, String input) {
    try {
      Process process = new ProcessBuilder(command).start();
      CompletableFuture<String> out = text(process.getInputStream());
      CompletableFuture<String> err = text(process.getErrorStream());
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(180, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("no end after three minutes: " + command);
      }
      return new Child(process.exitValue(), out.join(), err.join());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<String> text(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  static String classPath() {
    Set<String> entries = new LinkedHashSet<>();
    try {
      Path here = Path.of(Child.class.getResource("Child.class").toURI());
      // dini, functional, Child.class
      entries.add(here.getParent().getParent().getParent().toString());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    for (String property :
        List.of("jdk.module.path", "java.class.path", "surefire.test.class.path")) {
      for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
        if (!entry.isEmpty()) {
          entries.add(Path.of(entry).toAbsolutePath().toString());
        }
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}
