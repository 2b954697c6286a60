package dini.jmh.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** What a table shows of a time. */
enum Quantity {
  /** Billions of operations a second. */
  GFLOPS(" In GFLOPS.") {
    @Override
    String text(double nanoseconds, Work work) {
      return number(work.flops() / nanoseconds);
    }
  },
  /** Time divided by the elements. */
  PER_ELEMENT(" In nanoseconds per element.") {
    @Override
    String text(double nanoseconds, Work work) {
      return number(nanoseconds / work.elements());
    }
  },
  /** The time itself. */
  TIME("") {
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

  private final String note;

  Quantity(String note) {
    this.note = note;
  }

  /** What the numbers are, to follow a sentence; nothing where they say it themselves. */
  String note() {
    return note;
  }

  abstract String text(double nanoseconds, Work work);

  /** Three digits, or all before the point. */
  static String number(double value) {
    if (!Double.isFinite(value) || value == 0 || Math.abs(value) >= 1000) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
    int whole = rounded.precision() - rounded.scale();
    return rounded.setScale(Math.max(0, 3 - whole), RoundingMode.UNNECESSARY).toPlainString();
  }
}
