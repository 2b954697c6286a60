package dini.examples;

import static dini.core.Tensors.arange;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What {@link Tune} draws: the losses along the descent, and the penalties before and after. */
final class TunePicture {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;
  private static final int MOST_UPRIGHT_LABELS = 12;

  private TunePicture() {}

  /**
   * Draws a first picture for nobody on a thread of its own, while others compute: Java2D takes
   * more than a second to get ready.
   */
  static void warmUp() {
    System.setProperty("java.awt.headless", "true");
    Thread.ofPlatform().daemon().start(TunePicture::drawForNobody);
  }

  private static void drawForNobody() {
    try {
      double[] numbers = {1, 2};
      encode(losses(numbers, numbers), penalties(List.of("a", "b"), numbers, numbers));
    } catch (IOException | RuntimeException | LinkageError e) {
      // the picture itself will meet it again, and draw tells it
    }
  }

  /**
   * Draws the result.
   *
   * @return a line that says where the picture is, or why there is none
   * @throws BadInputException if the file cannot be written
   */
  static String draw(TuneResult result, Path file) {
    try {
      XYChart losses = losses(result.validationErrors(), result.testErrors());
      CategoryChart penalties =
          penalties(
              result.data().features(),
              result.shared().penalties().toArray(),
              result.tuned().penalties().toArray());
      Files.write(file, encode(losses, penalties));
      return "picture: " + file;
    } catch (IOException e) {
      throw new BadInputException("tune: --out " + file + " cannot be written: " + e);
    } catch (RuntimeException | LinkageError e) {
      // Java2D without fonts: the first use throws the one, every later use the other
      return "picture skipped, Java2D does not work here: " + e;
    }
  }

  private static XYChart losses(double[] validation, double[] test) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Descent")
            .xAxisTitle("step")
            .yAxisTitle("mean squared error")
            .build();
    double[] steps = arange(validation.length).toArray();
    chart.addSeries("test", steps, test).setMarker(SeriesMarkers.NONE);
    chart.addSeries("validation", steps, validation).setMarker(SeriesMarkers.NONE);
    style(chart.getStyler(), WIDTH / 6);
    return chart;
  }

  private static CategoryChart penalties(List<String> features, double[] shared, double[] tuned) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Penalties")
            .yAxisTitle("penalty")
            .build();
    chart
        .addSeries("best single", features, numbers(shared))
        .setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line)
        .setMarker(SeriesMarkers.NONE);
    chart
        .addSeries("tuned", features, numbers(tuned))
        .setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setYAxisMin(least(shared, tuned) / 2);
    chart.getStyler().setOverlapped(true);
    chart.getStyler().setXAxisLabelRotation(features.size() > MOST_UPRIGHT_LABELS ? 90 : 0);
    style(chart.getStyler(), WIDTH / 20);
    return chart;
  }

  private static List<Double> numbers(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static double least(double[]... values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).min().orElseThrow();
  }

  private static void style(AxesChartStyler styler, int tickSpacing) {
    styler.setXAxisTickMarkSpacingHint(tickSpacing);
    styler.setSeriesColors(new Color[] {Color.GRAY, Color.RED.darker()});
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setChartPadding(16);
    styler.setChartBackgroundColor(Color.WHITE);
  }

  private static byte[] encode(XYChart left, CategoryChart right) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BitmapEncoder.saveBitmap(List.of(left, right), 1, 2, out, BitmapFormat.PNG);
    return out.toByteArray();
  }
}
