package dini.examples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What {@link Derivatives} draws: the errors of three derivatives against the error of the iterate,
 * both axes logarithmic.
 */
final class DerivativesPicture {
  /** Below, rounding makes the digits; an error of exactly zero has no logarithm. */
  private static final double FLOOR = 1e-17;

  private static final int LOWEST = -16;
  private static final int HIGHEST = 2;

  /** Points of fewer steps are too close together for labels, and those of more are one point. */
  private static final int FIRST_LABELLED = 128;

  private static final int LAST_LABELLED = 1024;

  private DerivativesPicture() {}

  /** Gets Java2D ready while others compute. */
  static void warmUp() {
    PictureFile.warmUp(() -> encode(List.of(new DerivativeErrors(1, 1, 1, 1, 1))));
  }

  static byte[] encode(List<DerivativeErrors> errors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BitmapEncoder.saveBitmap(List.of(chart(errors)), 1, 1, out, BitmapFormat.PNG);
    return out.toByteArray();
  }

  private static XYChart chart(List<DerivativeErrors> errors) {
    XYChart chart =
        new XYChartBuilder()
            .width(800)
            .height(600)
            .title("Derivatives of a descent stopped after t steps")
            .xAxisTitle("relative error of the iterate")
            .yAxisTitle("relative error of the derivative")
            .build();
    style(chart.getStyler());
    add(chart, "one step", errors, DerivativeErrors::oneStep, SeriesMarkers.SQUARE);
    add(chart, "unrolled", errors, DerivativeErrors::unrolled, SeriesMarkers.DIAMOND);
    add(chart, "implicit", errors, DerivativeErrors::implicit, SeriesMarkers.CIRCLE);
    for (DerivativeErrors at : errors) {
      if (at.steps() >= FIRST_LABELLED && at.steps() <= LAST_LABELLED) {
        label(chart, at);
      }
    }
    return chart;
  }

  private static void add(
      XYChart chart,
      String name,
      List<DerivativeErrors> errors,
      ToDoubleFunction<DerivativeErrors> of,
      Marker marker) {
    double[] x = logarithms(errors, DerivativeErrors::iterate);
    chart.addSeries(name, x, logarithms(errors, of)).setMarker(marker).setLineWidth(1.5f);
  }

  private static double[] logarithms(
      List<DerivativeErrors> errors, ToDoubleFunction<DerivativeErrors> of) {
    return errors.stream().mapToDouble(at -> logarithm(of.applyAsDouble(at))).toArray();
  }

  private static double logarithm(double error) {
    return Math.log10(Math.max(error, FLOOR));
  }

  /** The number of steps, above the one-step error, which is the highest point in its column. */
  private static void label(XYChart chart, DerivativeErrors at) {
    double highest = Math.max(at.oneStep(), at.unrolled());
    chart.addAnnotation(
        new AnnotationText(
            "t = " + at.steps(), logarithm(at.iterate()), logarithm(highest) + 0.7, false));
  }

  private static void style(XYStyler styler) {
    // logarithms on linear axes, so that ticks are round and rounding to zero can be drawn
    styler.setXAxisTickLabelsFormattingFunction(DerivativesPicture::power);
    styler.setYAxisTickLabelsFormattingFunction(DerivativesPicture::power);
    styler.setXAxisMin((double) LOWEST).setXAxisMax(0.0);
    styler.setYAxisMin((double) LOWEST).setYAxisMax((double) HIGHEST);
    styler.setXAxisTickMarkSpacingHint(60);
    styler.setYAxisTickMarkSpacingHint(40);
    styler.setSeriesColors(new Color[] {Color.GRAY, new Color(0x1f5fa8), Color.RED.darker()});
    BasicStroke line = new BasicStroke(1.5f);
    styler.setSeriesLines(new BasicStroke[] {line, line, line});
    styler.setMarkerSize(7);
    styler.setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setChartPadding(16);
    styler.setChartBackgroundColor(Color.WHITE);
  }

  private static String power(double exponent) {
    return exponent == 0 ? "1" : "1e" + Math.round(exponent);
  }
}
