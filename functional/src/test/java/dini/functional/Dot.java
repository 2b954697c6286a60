package dini.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A graph read from text of Graphviz, of which it knows what the pictures use: statements of nodes,
 * edges and attributes, and frames. Text outside of that grammar fails.
 */
final class Dot {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|->|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[{}\\[\\]=;,])");

  /** An edge with its attributes. */
  record Edge(String from, String to, Map<String, String> attributes) {
    String label() {
      return attributes.getOrDefault("label", "");
    }

    boolean isDashed() {
      return "dashed".equals(attributes.get("style"));
    }
  }

  /** The attributes of each node. */
  final Map<String, Map<String, String>> nodes = new LinkedHashMap<>();

  /** The frame in which each node was declared, "" for none. */
  final Map<String, String> frames = new HashMap<>();

  final List<Edge> edges = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private Dot(String text) {
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.lookingAt()) {
      tokens.add(matcher.group(1));
      end = matcher.end();
      matcher.region(end, text.length());
    }
    assertThat(text.substring(end)).as("what is no token").isBlank();
  }

  /** Reads a graph, and checks that every edge runs between nodes that are declared once. */
  static Dot of(String text) {
    Dot dot = new Dot(text);
    dot.expect("digraph");
    dot.id();
    dot.statements("");
    assertThat(dot.at).as("everything is read").isEqualTo(dot.tokens.size());
    for (Edge edge : dot.edges) {
      assertThat(dot.nodes).as("%s", edge).containsKeys(edge.from, edge.to);
    }
    return dot;
  }

  private void statements(String frame) {
    expect("{");
    while (!tokens.get(at).equals("}")) {
      statement(frame);
    }
    expect("}");
  }

  private void statement(String frame) {
    if (tokens.get(at).equals("subgraph")) {
      at++;
      String name = id();
      assertThat(name).startsWith("cluster");
      assertThat(frames.values()).doesNotContain(name);
      statements(name);
      return;
    }
    String id = id();
    switch (tokens.get(at)) {
      case "=" -> {
        at++;
        id();
      }
      case "->" -> {
        at++;
        // a node belongs to the frames that mention it, so edges stand outside of all
        assertThat(frame).as("frame of an edge").isEmpty();
        edges.add(new Edge(id, id(), attributes()));
      }
      default -> {
        Map<String, String> attributes = attributes();
        if (!id.equals("node") && !id.equals("edge")) {
          assertThat(nodes.put(id, attributes)).as("%s is declared once", id).isNull();
          frames.put(id, frame);
        }
      }
    }
    expect(";");
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new HashMap<>();
    expect("[");
    while (!tokens.get(at).equals("]")) {
      if (!attributes.isEmpty()) {
        expect(",");
      }
      String name = id();
      expect("=");
      assertThat(attributes.put(name, id())).as("%s is given once", name).isNull();
    }
    expect("]");
    return attributes;
  }

  private void expect(String token) {
    assertThat(tokens.get(at++)).as("token %d", at).isEqualTo(token);
  }

  private String id() {
    String token = tokens.get(at++);
    assertThat(token).matches("\"(?s).*\"|\\w+");
    return token.startsWith("\"") ? shown(token.substring(1, token.length() - 1)) : token;
  }

  /** What Graphviz shows for a label. */
  private static String shown(String quoted) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c == '&') {
        assertThat(quoted.substring(i)).as("the only entity").startsWith("&amp;");
        i += "amp;".length();
      } else if (c == '\\') {
        c = quoted.charAt(++i);
        assertThat(c).as("escape").isIn('n', '"', '\\');
        c = c == 'n' ? '\n' : c;
      }
      assertThat(c == '\n' || !Character.isISOControl(c)).isTrue();
      shown.append(c);
    }
    return shown.toString();
  }

  /** The labels of the nodes whose names begin so, in order. */
  List<String> labels(String start) {
    return nodes.keySet().stream()
        .filter(name -> name.matches(start + "\\d+"))
        .map(this::label)
        .toList();
  }

  String label(String node) {
    return nodes.get(node).get("label");
  }

  /** Where the edges into a node come from, in order. */
  List<String> into(String node) {
    return edges.stream().filter(edge -> edge.to.equals(node)).map(Edge::from).toList();
  }

  boolean isDashed(String node) {
    return Arrays.asList(nodes.get(node).getOrDefault("style", "").split(",")).contains("dashed");
  }
}
