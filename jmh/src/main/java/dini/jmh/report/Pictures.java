package dini.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Results as pictures. */
final class Pictures {
  private static final Color[] COLORS = {
    Color.RED.darker(), new Color(0x1f5fa8), Color.GRAY, new Color(0x3a8a3a), new Color(0xd98c1f)
  };

  /** The ends of the roofline's axis, in flops per byte. */
  private static final double LEFT = 1.0 / 32;

  private static final double RIGHT = 512;

  /** About the pixels of the axes. */
  private static final double WIDE = 880;

  private static final double HIGH = 480;

  private Pictures() {}

  /** GFLOPS over the extent of the matrices, with the machine's peak as a line. */
  static void products(Results results, Subject subject, double peak, Path file)
      throws IOException {
    XYChart chart = logarithmic(subject.title(), "n", "GFLOPS");
    chart.getStyler().setYAxisLogarithmic(false).setYAxisMin(0.0);
    List<Map<String, String>> params = results.params(subject);
    double least = Double.MAX_VALUE;
    double most = 0;
    double best = 0;
    int color = 0;
    for (String method : subject.columns().keySet()) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      for (Map<String, String> at : params) {
        results
            .find(subject, method, at)
            .ifPresent(
                score -> {
                  x.add(Double.parseDouble(at.get("size")));
                  y.add(subject.work().apply(at).flops() / score.median());
                });
      }
      if (!x.isEmpty()) {
        least = Math.min(least, x.getFirst());
        most = Math.max(most, x.getLast());
        best = Math.max(best, Collections.max(y));
        line(chart, subject.columns().get(method), x, y, COLORS[color], SeriesMarkers.CIRCLE);
      }
      color++;
    }
    if (peak > 0 && most > 0) {
      chart.getStyler().setYAxisMax(1.1 * Math.max(peak, best));
      XYSeries roof =
          line(
              chart,
              "multiply-adds",
              List.of(least, most),
              List.of(peak, peak),
              Color.BLACK,
              SeriesMarkers.NONE);
      roof.setLineStyle(dashes());
    }
    save(chart, file);
  }

  /** Nanoseconds of functions at the size that most of them were measured at, as bars. */
  static void functions(Results results, Path file) throws IOException {
    Subject subject = Subjects.FUNCTIONS;
    List<Map<String, String>> params =
        results.params(subject).stream().filter(at -> at.get("size").equals("4096")).toList();
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(960)
            .height(450)
            .title("Functions of 4,096 elements")
            .yAxisTitle("ns per element")
            .build();
    style(chart.getStyler());
    chart.getStyler().setSeriesColors(COLORS);
    chart.getStyler().setAvailableSpaceFill(0.8);
    List<String> names = params.stream().map(at -> at.get("function").toLowerCase()).toList();
    for (String method : subject.columns().keySet()) {
      if (params.stream().allMatch(at -> results.find(subject, method, at).isEmpty())) {
        continue; // a peer that was not there
      }
      List<Double> y = new ArrayList<>();
      for (Map<String, String> at : params) {
        y.add(
            results
                .find(subject, method, at)
                .map(score -> score.median() / subject.work().apply(at).elements())
                .orElse(0.0));
      }
      chart.addSeries(subject.columns().get(method), names, y);
    }
    save(chart, file);
  }

  /** The roofs as lines, the kernels as points. */
  static void roofline(Roofline roofline, Path file) throws IOException {
    XYChart chart =
        logarithmic("Kernels below the roofs of this machine", "flops per byte", "GFLOPS");
    roof(chart, "nearest cache, FLOAT32", roofline.cache(), roofline.float32(), COLORS[2]);
    roof(chart, "nearest cache, FLOAT64", roofline.cache(), roofline.float64(), COLORS[1]);
    roof(chart, "memory, FLOAT64", roofline.memory(), roofline.float64(), COLORS[0]);
    List<Roofline.Point> singles =
        roofline.points().stream().filter(Roofline.Point::single).toList();
    List<Roofline.Point> doubles =
        roofline.points().stream().filter(point -> !point.single()).toList();
    points(chart, "kernels, FLOAT64", doubles, Color.BLACK, SeriesMarkers.CIRCLE);
    points(chart, "kernels, FLOAT32", singles, COLORS[2], SeriesMarkers.DIAMOND);
    chart.getStyler().setXAxisMin(LEFT).setXAxisMax(RIGHT);
    double top =
        2
            * roofline.points().stream()
                .mapToDouble(Roofline.Point::gflops)
                .reduce(roofline.float32(), Math::max);
    double bottom =
        roofline.points().stream()
            .mapToDouble(Roofline.Point::gflops)
            .reduce(LEFT * roofline.memory(), Math::min);
    chart.getStyler().setYAxisMin(bottom / 2).setYAxisMax(top);
    Labels labels = new Labels(WIDE / Math.log(RIGHT / LEFT), HIGH / Math.log(2 * top / bottom));
    for (Roofline.Point point : roofline.points()) {
      labels
          .place(point.label(), point.intensity(), point.gflops())
          .ifPresent(chart::addAnnotation);
    }
    save(chart, file);
  }

  private static void roof(XYChart chart, String name, double bandwidth, double peak, Color color) {
    line(
        chart,
        name,
        List.of(LEFT, peak / bandwidth, RIGHT),
        List.of(LEFT * bandwidth, peak, peak),
        color,
        SeriesMarkers.NONE);
  }

  private static void points(
      XYChart chart, String name, List<Roofline.Point> points, Color color, Marker marker) {
    if (points.isEmpty()) {
      return;
    }
    chart
        .addSeries(
            name,
            points.stream().mapToDouble(Roofline.Point::intensity).toArray(),
            points.stream().mapToDouble(Roofline.Point::gflops).toArray())
        .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
        .setMarker(marker)
        .setMarkerColor(color);
  }

  private static XYSeries line(
      XYChart chart, String name, List<Double> x, List<Double> y, Color color, Marker marker) {
    XYSeries series =
        chart.addSeries(
            name,
            x.stream().mapToDouble(Double::doubleValue).toArray(),
            y.stream().mapToDouble(Double::doubleValue).toArray());
    series.setMarker(marker).setMarkerColor(color);
    series.setLineColor(color).setLineStyle(new BasicStroke(1.5f));
    return series;
  }

  private static BasicStroke dashes() {
    return new BasicStroke(
        1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {6, 4}, 0);
  }

  private static XYChart logarithmic(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(960)
            .height(600)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setMarkerSize(7);
    chart.getStyler().setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    style(chart.getStyler());
    return chart;
  }

  private static void style(AxesChartStyler styler) {
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setChartPadding(16);
    styler.setChartBackgroundColor(Color.WHITE);
  }

  private static void save(IChart chart, Path file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BitmapEncoder.saveBitmap(List.of(chart), 1, 1, out, BitmapFormat.PNG);
    Files.write(file, out.toByteArray());
  }
}
