package dini.jmh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.AnnotationText;

/** Labels of points on logarithmic axes, each where none was before. */
final class Labels {
  private static final double LETTER = 6.2;
  private static final double LINE = 12;

  private final double pixelsX;
  private final double pixelsY;
  private final List<Box> boxes = new ArrayList<>();

  /** For axes of so many pixels for each factor e. */
  Labels(double pixelsX, double pixelsY) {
    this.pixelsX = pixelsX;
    this.pixelsY = pixelsY;
  }

  private record Box(double x, double y, double width) {
    boolean meets(Box other) {
      return Math.abs(x - other.x) < (width + other.width) / 2 && Math.abs(y - other.y) < LINE;
    }
  }

  /** The label of a point, or none where the neighbours leave no room. */
  Optional<AnnotationText> place(String text, double x, double y) {
    double width = LETTER * text.length();
    double beside = width / 2 + 8;
    double[][] offsets = {
      {0, -LINE}, {beside, 0}, {-beside, 0}, {0, LINE}, {beside, -LINE}, {-beside, -LINE}
    };
    double pointX = Math.log(x) * pixelsX;
    double pointY = Math.log(y) * pixelsY;
    for (double[] offset : offsets) {
      Box box = new Box(pointX + offset[0], pointY + offset[1], width);
      if (boxes.stream().noneMatch(box::meets)) {
        boxes.add(box);
        boxes.add(new Box(pointX, pointY, 8));
        return Optional.of(
            new AnnotationText(
                text, Math.exp(box.x() / pixelsX), Math.exp(box.y() / pixelsY), false));
      }
    }
    return Optional.empty();
  }
}
