package dini.core.numpy;

import dini.core.NpyException;
import java.util.ArrayList;
import java.util.List;

/** Reads the header's Python literal: a dict of a string, a truth value and a tuple. */
final class Literal {
  private final String where;
  private final String text;
  private int at;

  Literal(String where, String text) {
    this.where = where;
    this.text = text;
  }

  /** The entries, of a header of some length in bytes. */
  Header header(int length) {
    String descr = null;
    Boolean fortranOrder = null;
    List<Long> shape = null;
    expect('{');
    while (!comes('}')) {
      String key = string();
      expect(':');
      switch (key) {
        case "descr" -> descr = descr();
        case "fortran_order" -> fortranOrder = truth();
        case "shape" -> shape = tuple();
        default -> throw malformed();
      }
      if (!comes(',')) {
        expect('}');
        break;
      }
    }
    if (descr == null || fortranOrder == null || shape == null || !text.substring(at).isBlank()) {
      throw malformed();
    }
    return new Header(where, length, descr, fortranOrder, shape);
  }

  private String descr() {
    if (peek() == '[') {
      throw new NpyException(
          where
              + ": an array of records came, expected one number for each element: "
              + text.strip());
    }
    return string();
  }

  private String string() {
    char quote = peek();
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0) {
      throw malformed();
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return value;
  }

  private boolean truth() {
    peek();
    for (boolean value : new boolean[] {true, false}) {
      String word = value ? "True" : "False";
      if (text.startsWith(word, at)) {
        at += word.length();
        return value;
      }
    }
    throw malformed();
  }

  private List<Long> tuple() {
    List<Long> values = new ArrayList<>();
    expect('(');
    while (!comes(')')) {
      values.add(number());
      if (!comes(',')) {
        expect(')');
        break;
      }
    }
    return values;
  }

  private long number() {
    peek();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    comes('L'); // Python 2 wrote long integers so
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw malformed();
    }
  }

  private void expect(char c) {
    if (!comes(c)) {
      throw malformed();
    }
  }

  private boolean comes(char c) {
    boolean came = peek() == c;
    at += came ? 1 : 0;
    return came;
  }

  /** The next character that is not white, or 0 at the end. */
  private char peek() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private NpyException malformed() {
    return new NpyException(
        where
            + ": malformed header, expected {'descr': …, 'fortran_order': …, 'shape': …}, got "
            + text.strip());
  }
}
