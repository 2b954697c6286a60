package dini.examples;

import static dini.core.Tensors.arange;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

  /** Gets Java2D ready while others compute. */
  static void warmUp() {
    double[] numbers = {1, 2};
    PictureFile.warmUp(
        () -> encode(losses(numbers, numbers), penalties(List.of("a", "b"), numbers, numbers)));
  }

  static byte[] encode(TuneResult result) throws IOException {
    XYChart losses = losses(result.validationErrors(), result.testErrors());
    CategoryChart penalties =
        penalties(
            result.data().features(),
            result.shared().penalties().toArray(),
            result.tuned().penalties().toArray());
    return encode(losses, penalties);
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
