package dini.functional;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What Maven Central asks of a POM stands in every published one, and all versions are one: a new
 * version that is missing in a module, in the BOM or in README.md fails here.
 */
class PublishingTest {

  /** A POM. */
  record Pom(Path file, Element project) {

    static Pom of(Path folder) {
      Path file = folder.resolve("pom.xml");
      try {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        return new Pom(
            file, factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
      } catch (IOException | SAXException | ParserConfigurationException e) {
        throw new IllegalStateException(file.toString(), e);
      }
    }

    /** The elements at a path of names below the project. */
    List<Element> all(String path) {
      Stream<Element> found = Stream.of(project);
      for (String name : path.split("/")) {
        found = found.flatMap(element -> children(element, name));
      }
      return found.toList();
    }

    List<String> texts(String path) {
      return all(path).stream().map(element -> element.getTextContent().strip()).toList();
    }

    Optional<String> text(String path) {
      return texts(path).stream().filter(text -> !text.isEmpty()).findFirst();
    }

    boolean isPublished() {
      return !text("properties/maven.deploy.skip").equals(Optional.of("true"));
    }

    boolean isJar() {
      return text("packaging").orElse("jar").equals("jar");
    }

    private static Stream<Element> children(Element element, String name) {
      NodeList nodes = element.getChildNodes();
      return IntStream.range(0, nodes.getLength())
          .<Node>mapToObj(nodes::item)
          .filter(node -> node.getNodeName().equals(name))
          .map(Element.class::cast);
    }

    @Override
    public String toString() {
      return root().relativize(file).toString();
    }
  }

  private static final Pom PARENT = Pom.of(root());
  private static final Pom BOM = Pom.of(root().resolve("bom"));
  private static final String VERSION = PARENT.text("version").orElseThrow();

  /** The folder of all modules. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("functional")) ? here : here.getParent();
  }

  private static Stream<Pom> modules(String path) {
    return PARENT.texts(path).stream().map(folder -> Pom.of(root().resolve(folder)));
  }

  static List<Pom> published() {
    return Stream.concat(Stream.of(PARENT), modules("modules/module").filter(Pom::isPublished))
        .toList();
  }

  static List<Pom> publishedJars() {
    return published().stream().filter(Pom::isJar).toList();
  }

  @Test
  void theLibraryIsPublishedAndNothingElse() {
    assertThat(published())
        .extracting(pom -> pom.text("artifactId").orElseThrow())
        .containsExactly("dini-parent", "dini-bom", "dini-core", "dini-linalg", "dini-functional");
    assertThat(modules("profiles/profile/modules/module")).isNotEmpty().noneMatch(Pom::isPublished);
  }

  @ParameterizedTest
  @MethodSource("published")
  void hasWhatMavenCentralAsks(Pom pom) {
    for (String own : List.of("artifactId", "name", "description")) {
      assertThat(pom.text(own)).as(own).isPresent();
    }
    for (String path :
        List.of(
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url")) {
      Optional<String> effective = pom.text(path).or(() -> inherited(pom, path));
      assertThat(effective).as(path).isPresent().isEqualTo(PARENT.text(path));
    }
  }

  private static Optional<String> inherited(Pom pom, String path) {
    return pom.all("parent").isEmpty() ? Optional.empty() : PARENT.text(path);
  }

  @Test
  void modulesInheritTheAddressAsItIs() {
    assertThat(PARENT.project().getAttribute("child.project.url.inherit.append.path"))
        .isEqualTo("false");
    Element scm = PARENT.all("scm").getFirst();
    for (String name : List.of("connection", "developerConnection", "url")) {
      String attribute = "child.scm." + name + ".inherit.append.path";
      assertThat(scm.getAttribute(attribute)).as(attribute).isEqualTo("false");
    }
  }

  @ParameterizedTest
  @MethodSource("publishedJars")
  void hasSourcesAndJavadoc(Pom pom) {
    assertThat(pom.texts("build/plugins/plugin/artifactId"))
        .contains("maven-source-plugin", "maven-javadoc-plugin");
  }

  @Test
  void modulesAreOfTheParentsVersion() {
    assertThat(modules("modules/module"))
        .allSatisfy(
            pom ->
                assertThat(pom.text("version").or(() -> pom.text("parent/version")))
                    .contains(VERSION));
    assertThat(modules("profiles/profile/modules/module"))
        .allSatisfy(pom -> assertThat(pom.text("parent/version")).contains(VERSION));
  }

  @Test
  void bomNamesThePublishedModules() {
    String managed = "dependencyManagement/dependencies/dependency";
    assertThat(BOM.text("version")).contains(VERSION);
    assertThat(BOM.text("groupId")).isEqualTo(PARENT.text("groupId"));
    assertThat(BOM.texts(managed + "/artifactId"))
        .containsExactlyElementsOf(
            publishedJars().stream().map(pom -> pom.text("artifactId").orElseThrow()).toList());
    assertThat(BOM.texts(managed + "/groupId"))
        .hasSameSizeAs(BOM.all(managed))
        .containsOnly(PARENT.text("groupId").orElseThrow());
    assertThat(BOM.texts(managed + "/version"))
        .hasSameSizeAs(BOM.all(managed))
        .isSubsetOf("${project.version}", VERSION);
  }

  @Test
  void readmeNamesTheVersion() throws IOException {
    String readme = Files.readString(root().resolve("README.md"));
    Pattern version =
        Pattern.compile("<version>([^<]+)</version>|io\\.github\\.dini:dini-[a-z]+:([^\")\\s]+)");
    List<String> versions =
        version
            .matcher(readme)
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .toList();
    assertThat(versions).isNotEmpty().containsOnly(VERSION);
  }
}
