package dini.core.dense;

import dini.core.DType;
import dini.core.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Text of dense tensors, as NumPy 2 prints arrays with its default options: 8 fraction digits,
 * lines of 75 columns, the middle of every long axis left out above 1000 elements. The type
 * follows.
 *
 * <pre>{@code
 * [[1.   2.5]
 *  [3.25 4. ]]  f64[2,2]
 * }</pre>
 */
final class Printer {
  private static final int FRACTION_DIGITS = 8;
  private static final int LINE_WIDTH = 75;
  private static final int WHOLE_UP_TO = 1000;
  private static final int EDGE = 3;
  private static final String GAP = "...";

  private final Shape shape;
  private final int[] strides;
  private final boolean elided;
  private final IntFunction<String> word;

  private Printer(DenseTensor x) {
    shape = x.shape();
    strides = Strided.strides(shape);
    elided = shape.size() > WHOLE_UP_TO;
    int[] shown = shown(0, 0).toArray();
    word = words(x, shown);
  }

  static String print(DenseTensor x) {
    String values;
    if (x.shape().size() == 0) {
      values = "[]";
    } else if (x.shape().rank() == 0) {
      values = scalar(x);
    } else {
      values = new Printer(x).nested(0, 0, " ", LINE_WIDTH);
    }
    return values + "  " + x.type();
  }

  /** The places in storage of the elements that are shown, so that the others cost nothing. */
  private IntStream shown(int axis, int at) {
    if (axis == shape.rank()) {
      return IntStream.of(at);
    }
    int extent = shape.extent(axis);
    IntStream positions =
        gap(extent)
            ? IntStream.concat(IntStream.range(0, EDGE), IntStream.range(extent - EDGE, extent))
            : IntStream.range(0, extent);
    return positions.flatMap(i -> shown(axis + 1, at + i * strides[axis]));
  }

  private boolean gap(int extent) {
    return elided && extent > 2 * EDGE;
  }

  /**
   * The text of the part of the tensor that begins at a place in storage.
   *
   * @param indent the spaces before its lines, that of the bracket included
   * @param width the columns up to the brackets that close after it
   */
  private String nested(int axis, int at, String indent, int width) {
    return axis == shape.rank() - 1
        ? row(axis, at, indent, width - 1)
        : blocks(axis, at, indent, width);
  }

  private String row(int axis, int at, String indent, int width) {
    int extent = shape.extent(axis);
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < extent; i++) {
      boolean skip = gap(extent) && i == EDGE;
      String next = skip ? GAP : word.apply(at + i);
      // a line that holds nothing yet would not become shorter by another break
      if (line.length() + next.length() > width && line.length() > indent.length()) {
        lines.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent);
      }
      line.append(next);
      i = skip ? extent - EDGE - 1 : i;
      line.append(i < extent - 1 ? " " : "]");
    }
    return "[" + lines.append(line).substring(indent.length());
  }

  private String blocks(int axis, int at, String indent, int width) {
    int extent = shape.extent(axis);
    String newLines = "\n".repeat(shape.rank() - 1 - axis);
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < extent; i++) {
      text.append(i > 0 ? indent : "");
      if (gap(extent) && i == EDGE) {
        text.append(GAP);
        i = extent - EDGE - 1;
      } else {
        text.append(nested(axis + 1, at + i * strides[axis], indent + " ", width - 1));
      }
      text.append(i < extent - 1 ? newLines : "]");
    }
    return text.toString();
  }

  private static IntFunction<String> words(DenseTensor x, int[] shown) {
    if (x.dtype().isFloating()) {
      return new Floats(x, shown);
    }
    IntFunction<String> plain = plain(x);
    int width =
        x.dtype() == DType.BOOL
            ? "false".length()
            : Arrays.stream(shown).map(at -> plain.apply(at).length()).max().orElseThrow();
    return at -> padLeft(plain.apply(at), width);
  }

  /** The elements of a tensor of integers or truth values as Java writes them. */
  private static IntFunction<String> plain(DenseTensor x) {
    return switch (x.data()) {
      case int[] a -> at -> Integer.toString(a[at]);
      case long[] a -> at -> Long.toString(a[at]);
      default -> at -> Boolean.toString(x.booleans()[at]);
    };
  }

  /** A tensor of rank 0: all its digits, unlike an element among others. */
  private static String scalar(DenseTensor x) {
    if (!x.dtype().isFloating()) {
      return plain(x).apply(0);
    }
    double value = Reading.element(x, 0);
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    double magnitude = Math.abs(value);
    double limit = x.dtype() == DType.FLOAT64 ? 1e16 : 1e6;
    boolean positional = magnitude == 0 || magnitude >= 1e-4 && magnitude < limit;
    Decimal decimal =
        positional
            ? Decimal.positional(value, shortest(x, 0), Integer.MAX_VALUE)
            : Decimal.scientific(value, shortest(x, 0), Integer.MAX_VALUE);
    if (!decimal.fraction().isEmpty()) {
      return decimal.whole() + "." + decimal.fraction() + decimal.exponent(2);
    }
    return decimal.whole() + (positional ? ".0" : decimal.exponent(2));
  }

  /** The shortest decimal that is read back as the magnitude of an element. */
  private static BigDecimal shortest(DenseTensor x, int at) {
    String text =
        x.data() instanceof float[] a
            ? Float.toString(Math.abs(a[at]))
            : Double.toString(Math.abs(x.doubles()[at]));
    BigDecimal digits = new BigDecimal(text);
    return digits.signum() == 0 ? BigDecimal.ZERO : digits.stripTrailingZeros();
  }

  private static BigDecimal exact(double value) {
    return value == 0 ? BigDecimal.ZERO : new BigDecimal(Math.abs(value));
  }

  private static String notFinite(double value) {
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }

  private static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  /** The common format of the numbers of one tensor. */
  private static final class Floats implements IntFunction<String> {
    private final DenseTensor x;
    private final boolean scientific;
    private final int before;
    private final int after;
    private final int exponentDigits;

    Floats(DenseTensor x, int[] shown) {
      this.x = x;
      int[] finite =
          Arrays.stream(shown).filter(at -> Double.isFinite(Reading.element(x, at))).toArray();
      scientific = isScientific(x, finite);
      int whole = 0;
      int fraction = 0;
      int exponent = scientific ? 2 : 0;
      for (int at : finite) {
        Decimal decimal = decimal(at);
        whole = Math.max(whole, decimal.whole().length());
        fraction = Math.max(fraction, decimal.fraction().length());
        exponent = Math.max(exponent, decimal.exponentDigits());
      }
      exponentDigits = exponent;
      after = fraction;
      int tail = 1 + fraction + (scientific ? 2 + exponent : 0);
      for (int at : shown) {
        double value = Reading.element(x, at);
        if (!Double.isFinite(value)) {
          whole = Math.max(whole, notFinite(value).length() - tail);
        }
      }
      before = whole;
    }

    /** NumPy's rule; a FLOAT32 has fewer digits to show, so that its limit is lower. */
    private static boolean isScientific(DenseTensor x, int[] finite) {
      double max = 0;
      double min = Double.POSITIVE_INFINITY;
      for (int at : finite) {
        double magnitude = Math.abs(Reading.element(x, at));
        if (magnitude > 0) {
          max = Math.max(max, magnitude);
          min = Math.min(min, magnitude);
        }
      }
      if (max == 0) {
        return false;
      }
      return x.dtype() == DType.FLOAT64
          ? max >= 1e8 || min < 1e-4 || max / min > 1000
          : max >= 1e6 || min < 1e-4f || (float) max / (float) min > 1000;
    }

    private Decimal decimal(int at) {
      double value = Reading.element(x, at);
      return scientific
          ? Decimal.scientific(value, shortest(x, at), FRACTION_DIGITS)
          : Decimal.positional(value, shortest(x, at), FRACTION_DIGITS);
    }

    @Override
    public String apply(int at) {
      double value = Reading.element(x, at);
      if (!Double.isFinite(value)) {
        int tail = 1 + after + (scientific ? 2 + exponentDigits : 0);
        return padLeft(notFinite(value), before + tail);
      }
      // NumPy fills the common width with digits of the exact value, not with zeros; this shows in
      // FLOAT32 only, whose shortest text may have fewer.
      Decimal decimal = scientific ? Decimal.scientific(value, exact(value), after) : decimal(at);
      String fill = (scientific ? "0" : " ").repeat(after - decimal.fraction().length());
      return padLeft(decimal.whole(), before)
          + "."
          + decimal.fraction()
          + fill
          + decimal.exponent(exponentDigits);
    }
  }

  /**
   * The parts of a written number.
   *
   * @param whole sign and digits before the point
   * @param fraction digits after the point, without zeros at the end
   * @param power the power of ten, null where none is written
   */
  private record Decimal(String whole, String fraction, Integer power) {

    static Decimal positional(double value, BigDecimal shortest, int digits) {
      // Where digits are cut the exact value decides, as the shortest decimal was rounded already.
      BigDecimal magnitude =
          shortest.scale() <= digits
              ? shortest
              : exact(value).setScale(digits, RoundingMode.HALF_EVEN);
      return parts(value, magnitude, null);
    }

    static Decimal scientific(double value, BigDecimal shortest, int digits) {
      BigDecimal magnitude =
          shortest.precision() - 1 <= digits
              ? shortest
              : exact(value).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
      int power = magnitude.precision() - 1 - magnitude.scale();
      return parts(value, magnitude.scaleByPowerOfTen(-power), power);
    }

    private static Decimal parts(double value, BigDecimal magnitude, Integer power) {
      String digits =
          magnitude.signum() == 0 ? "0" : magnitude.stripTrailingZeros().toPlainString();
      int point = digits.indexOf('.');
      String sign = Double.doubleToLongBits(value) < 0 ? "-" : "";
      return point < 0
          ? new Decimal(sign + digits, "", power)
          : new Decimal(sign + digits.substring(0, point), digits.substring(point + 1), power);
    }

    int exponentDigits() {
      return power == null ? 0 : Integer.toString(Math.abs(power)).length();
    }

    String exponent(int digits) {
      if (power == null) {
        return "";
      }
      String magnitude = Integer.toString(Math.abs(power));
      String zeros = "0".repeat(Math.max(0, digits - magnitude.length()));
      return "e" + (power < 0 ? "-" : "+") + zeros + magnitude;
    }
  }
}
