package dini.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An equation of {@link Contractions#einsum}.
 *
 * @param text as it was given
 * @param operands the letters of each operand, with {@link #ELLIPSIS} for an ellipsis
 * @param result the letters of the result, if they were given
 */
record EinsumEquation(String text, List<String> operands, Optional<String> result) {
  /** Stands for the three dots, so that a term is one character for each axis or group of axes. */
  private static final char ELLIPSIS = '…';

  /** The label of the last axis of an ellipsis; axes before it have the labels after this one. */
  private static final int LAST = Character.MAX_VALUE;

  static EinsumEquation parse(String text) {
    String plain = text.replace(" ", "");
    int arrow = plain.indexOf("->");
    String left = arrow < 0 ? plain : plain.substring(0, arrow);
    List<String> operands = new ArrayList<>();
    for (String term : left.split(",", -1)) {
      operands.add(term(text, term));
    }
    Optional<String> result =
        arrow < 0 ? Optional.empty() : Optional.of(term(text, plain.substring(arrow + 2)));
    EinsumEquation equation = new EinsumEquation(text, operands, result);
    result.ifPresent(equation::checkResult);
    return equation;
  }

  private static String term(String text, String term) {
    String shortened = term.replace("...", String.valueOf(ELLIPSIS));
    for (char c : shortened.toCharArray()) {
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!letter && c != ELLIPSIS) {
        throw new IllegalArgumentException(
            "einsum: '" + c + "' in \"" + text + "\": expected letters, commas, ... and one ->");
      }
    }
    if (shortened.chars().filter(c -> c == ELLIPSIS).count() > 1) {
      throw new IllegalArgumentException(
          "einsum: \"" + term + "\" in \"" + text + "\" has more than one ellipsis of three dots");
    }
    return shortened;
  }

  private void checkResult(String letters) {
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if (letters.indexOf(letter) != i) {
        throw new IllegalArgumentException(
            "einsum: \"" + text + "\": the result has " + shown(letter) + " twice");
      }
      if (letter != ELLIPSIS && operands.stream().noneMatch(each -> each.indexOf(letter) >= 0)) {
        throw new IllegalArgumentException(
            "einsum: \"" + text + "\": no operand has " + shown(letter) + " of the result");
      }
    }
  }

  private static String shown(int label) {
    return label >= LAST || label == ELLIPSIS
        ? "an axis of the ellipsis"
        : "'" + (char) label + "'";
  }

  Tensor contract(Tensor... tensors) {
    if (tensors.length != operands.size()) {
      throw new IllegalArgumentException(
          "einsum: \""
              + text
              + "\" has "
              + operands.size()
              + " operands, got "
              + tensors.length
              + " tensors");
    }
    List<int[]> labels = new ArrayList<>();
    for (int i = 0; i < tensors.length; i++) {
      labels.add(labels(i, tensors[i].type()));
    }
    Map<Integer, Integer> extents = extents(labels, tensors);
    int[] result = resultLabels(labels);
    List<Labelled> rest = new ArrayList<>();
    for (int i = 0; i < tensors.length; i++) {
      rest.add(distinct(tensors[i], labels.get(i), extents));
    }
    for (int i = 0; i < rest.size(); i++) {
      rest.set(i, rest.get(i).summed(needed(rest, i, i, result)));
    }
    while (rest.size() > 1) {
      contractCheapest(rest, result, extents);
    }
    return rest.getFirst().ordered(result);
  }

  /**
   * One label for each axis: the letter, or for an axis of the ellipsis one counted from its end.
   */
  private int[] labels(int operand, TensorType type) {
    String term = operands.get(operand);
    int letters = (int) term.chars().filter(c -> c != ELLIPSIS).count();
    int more = type.shape().rank() - letters;
    if (more < 0 || more > 0 && term.indexOf(ELLIPSIS) < 0) {
      throw new ShapeException(
          "einsum: operand "
              + operand
              + " of \""
              + text
              + "\" is "
              + type
              + ", expected "
              + letters
              + (term.indexOf(ELLIPSIS) < 0 ? "" : " or more")
              + " axes");
    }
    return term.chars().flatMap(c -> c == ELLIPSIS ? ellipsis(more) : IntStream.of(c)).toArray();
  }

  private static IntStream ellipsis(int axes) {
    return IntStream.range(0, axes).map(i -> LAST + axes - 1 - i);
  }

  /** The extent of each label; those of an ellipsis broadcast. */
  private Map<Integer, Integer> extents(List<int[]> labels, Tensor... tensors) {
    Map<Integer, Integer> extents = new TreeMap<>();
    for (int i = 0; i < tensors.length; i++) {
      for (int axis = 0; axis < labels.get(i).length; axis++) {
        int label = labels.get(i)[axis];
        int extent = tensors[i].shape().extent(axis);
        int known = extents.getOrDefault(label, extent);
        boolean broadcasts = label >= LAST && (known == 1 || extent == 1);
        if (known != extent && !broadcasts) {
          throw new ShapeException(
              "einsum: \""
                  + text
                  + "\" of "
                  + Stream.of(tensors)
                      .map(each -> each.shape().toString())
                      .collect(Collectors.joining(", "))
                  + ": "
                  + shown(label)
                  + " has extents "
                  + known
                  + " and "
                  + extent);
        }
        extents.put(label, known == 1 ? extent : known);
      }
    }
    return extents;
  }

  private int[] resultLabels(List<int[]> labels) {
    int[] all = labels.stream().flatMapToInt(Arrays::stream).toArray();
    int axes = (int) IntStream.of(all).filter(label -> label >= LAST).distinct().count();
    if (result.isPresent()) {
      return result
          .get()
          .chars()
          .flatMap(c -> c == ELLIPSIS ? ellipsis(axes) : IntStream.of(c))
          .toArray();
    }
    IntStream once =
        IntStream.of(all)
            .filter(label -> label < LAST)
            .filter(label -> IntStream.of(all).filter(each -> each == label).count() == 1)
            .sorted();
    return IntStream.concat(ellipsis(axes), once).toArray();
  }

  /** An operand with the diagonals of its repeated labels, and without axes that broadcast. */
  private static Labelled distinct(Tensor tensor, int[] labels, Map<Integer, Integer> extents) {
    Tensor x = tensor;
    List<Integer> rest = new ArrayList<>();
    Arrays.stream(labels).forEach(rest::add);
    for (int axis = rest.size() - 1; axis >= 0; axis--) {
      if (x.shape().extent(axis) != extents.get(rest.get(axis))) {
        x = Shapes.squeeze(x, axis);
        rest.remove(axis);
      }
    }
    for (int label : IntStream.of(labels).distinct().toArray()) {
      while (rest.lastIndexOf(label) > rest.indexOf(label)) {
        x = diagonal(x, rest.indexOf(label), rest.lastIndexOf(label));
        rest.remove(rest.lastIndexOf(label));
        rest.remove((Integer) label);
        rest.add(label);
      }
    }
    return new Labelled("einsum", x, rest.stream().mapToInt(label -> label).toArray());
  }

  /** The diagonal of two axes as the last axis: every (n + 1)-th of n^2 elements. */
  private static Tensor diagonal(Tensor x, int first, int second) {
    Tensor moved = Shapes.moveAxis(Shapes.moveAxis(x, first, -1), second - 1, -1);
    int n = moved.shape().extent(-1);
    Shape lead = moved.shape().remove(moved.rank() - 1);
    Shape flat = lead.with(lead.rank() - 1, n * n);
    Index[] indices = new Index[flat.rank()];
    Arrays.fill(indices, Index.all());
    indices[flat.rank() - 1] = Index.all().step(n + 1);
    return Shapes.slice(Shapes.reshape(moved, flat), indices);
  }

  /** Replaces two operands by their product. */
  private static void contractCheapest(
      List<Labelled> rest, int[] result, Map<Integer, Integer> extents) {
    int left = 0;
    int right = 1;
    double leastCost = Double.POSITIVE_INFINITY;
    double leastSize = Double.POSITIVE_INFINITY;
    for (int i = 0; i < rest.size(); i++) {
      for (int j = i + 1; j < rest.size(); j++) {
        int[] both = union(rest.get(i), rest.get(j));
        int[] needed = needed(rest, i, j, result);
        double cost = size(both, both, extents);
        double size = size(both, needed, extents);
        if (cost < leastCost || cost == leastCost && size < leastSize) {
          left = i;
          right = j;
          leastCost = cost;
          leastSize = size;
        }
      }
    }
    int[] needed = needed(rest, left, right, result);
    Labelled y = rest.remove(right);
    Labelled x = rest.get(left);
    rest.set(left, x.times(y, needed));
  }

  private static int[] union(Labelled x, Labelled y) {
    return IntStream.concat(x.labels(), y.labels()).distinct().toArray();
  }

  /** The labels that the result or an operand other than two has. */
  private static int[] needed(List<Labelled> rest, int left, int right, int[] result) {
    IntStream others =
        IntStream.range(0, rest.size())
            .filter(k -> k != left && k != right)
            .flatMap(k -> rest.get(k).labels());
    return IntStream.concat(IntStream.of(result), others).distinct().toArray();
  }

  /** The product of the extents of the labels that are among some. In double: it only compares. */
  private static double size(int[] labels, int[] among, Map<Integer, Integer> extents) {
    double size = 1;
    for (int label : labels) {
      if (IntStream.of(among).anyMatch(each -> each == label)) {
        size *= extents.get(label);
      }
    }
    return size;
  }
}
