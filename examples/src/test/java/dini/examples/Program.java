package dini.examples;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** A run of the program inside this JVM. */
record Program(int code, String out, String err) {

  static Program run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(
            Arrays.stream(arguments).map(Object::toString).toList(),
            new PrintWriter(out),
            new PrintWriter(err));
    return new Program(code, out.toString(), err.toString());
  }
}
