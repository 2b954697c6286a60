package dini.jmh.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** What a table shows of a time. */
enum Quantity {
  /** Billions of operations a second. */
  GFLOPS("GFLOPS") {
    @Override
    String text(double nanoseconds, Work work) {
      return number(work.flops() / nanoseconds);
    }
  },
  /** Time divided by the elements. */
  PER_ELEMENT("ns per element") {
    @Override
    String text(double nanoseconds, Work work) {
      return number(nanoseconds / work.elements());
    }
  },
  /** The time itself. */
  TIME("time") {
    @Override
    String text(double nanoseconds, Work work) {
      return nanoseconds < 1e3
          ? number(nanoseconds) + " ns"
          : nanoseconds < 1e6
              ? number(nanoseconds / 1e3) + " µs"
              : nanoseconds < 1e9
                  ? number(nanoseconds / 1e6) + " ms"
                  : number(nanoseconds / 1e9) + " s";
    }
  };

  private final String unit;

  Quantity(String unit) {
    this.unit = unit;
  }

  String unit() {
    return unit;
  }

  abstract String text(double nanoseconds, Work work);

  /** Three digits, or all before the point. */
  static String number(double value) {
    if (!(Math.abs(value) < 1e15) || value == 0) {
      return String.valueOf(value);
    }
    if (Math.abs(value) >= 1000) {
      return String.valueOf(Math.round(value));
    }
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }
}
