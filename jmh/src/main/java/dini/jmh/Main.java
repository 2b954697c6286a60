package dini.jmh;

/** Stub. */
public final class Main {
  private Main() {}

  /** Runs. */
  public static void main(String[] args) throws Exception {
    org.openjdk.jmh.Main.main(args);
  }
}
