package dini.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a command draws its result to.
 *
 * @param command the command, for messages
 * @param path the file
 */
record PictureFile(String command, Path path) {

  /** What makes the bytes of a picture. */
  @FunctionalInterface
  interface Drawing {
    byte[] encode() throws IOException;
  }

  /**
   * Draws a first picture for nobody on a thread of its own, while others compute: Java2D takes
   * more than a second to get ready.
   */
  static void warmUp(Drawing drawing) {
    System.setProperty("java.awt.headless", "true");
    Thread.ofPlatform().daemon().start(() -> drawForNobody(drawing));
  }

  private static void drawForNobody(Drawing drawing) {
    try {
      drawing.encode();
    } catch (IOException | RuntimeException | LinkageError e) {
      // the picture itself will meet it again, and write tells it
    }
  }

  /**
   * Refuses early what could not be written in the end.
   *
   * @throws BadInputException if the folder is missing or the file is a folder
   */
  void check() {
    Path folder = path.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(command + ": --out " + path + ": there is no such folder");
    }
    if (Files.isDirectory(path)) {
      throw new BadInputException(command + ": --out " + path + ": this is a folder");
    }
  }

  /**
   * Draws the result.
   *
   * @return a line that says where the picture is, or why there is none
   * @throws BadInputException if the file cannot be written
   */
  String write(Drawing drawing) {
    try {
      Files.write(path, drawing.encode());
      return "picture: " + path;
    } catch (IOException e) {
      throw new BadInputException(command + ": --out " + path + " cannot be written: " + e);
    } catch (RuntimeException | LinkageError e) {
      // Java2D without fonts: the first use throws the one, every later use the other
      return "picture skipped, Java2D does not work here: " + e;
    }
  }
}
