package dini.examples;

import java.nio.file.Path;
final class TunePicture {
  static void warmUp() {}
  static String draw(TuneResult r, Path p) { return "picture: " + p; }
}
