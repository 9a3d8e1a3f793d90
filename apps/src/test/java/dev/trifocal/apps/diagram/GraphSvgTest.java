package dev.trifocal.apps.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trifocal.graph.Graph;
import dev.trifocal.zoo.Zoo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class GraphSvgTest {
  @Test
  void each_node_is_a_box_with_two_lines_of_words() throws Exception {
    Document image = parsed(GraphSvg.of(ResidualBlockGraph.RESIDUAL));
    assertThat(texts(image, "title")).containsExactly("a \"small\" <net>");
    assertThat(texts(image, "text"))
        .hasSize(16)
        .startsWith("Input", "3x8x9", "stem · Conv2d", "4x8x9 · 16 weights");
    assertThat(image.getElementsByTagName("rect").getLength()).isEqualTo(1 + 8);
    assertThat(image.getElementsByTagName("path").getLength()).isEqualTo(9);
  }

  @Test
  void an_edge_goes_straight_or_over_to_its_lane_or_around_what_is_between() {
    assertThat(GraphSvg.of(ResidualBlockGraph.RESIDUAL))
        .contains("d=\"M 170 74 V 74 C 170 96 170 74 170 96\"")
        .contains("d=\"M 170 130 V 130 C 170 152 480 130 480 152\"")
        .contains("d=\"M 300 113 h 8 q 8 0 8 8 V 385 q 0 8 -8 8 h -8\"");
  }

  @Test
  void a_large_network_has_a_ground_behind_each_block() throws Exception {
    Graph graph = Zoo.find("googlenet").graph();
    Document image = parsed(GraphSvg.of(graph));
    assertThat(texts(image, "text")).contains("inception3a", "inception5b", "conv1");
    int grounds = 9 + 3;
    assertThat(image.getElementsByTagName("rect").getLength())
        .isEqualTo(1 + grounds + graph.nodes().size());
  }

  private static List<String> texts(Document image, String element) {
    NodeList found = image.getElementsByTagName(element);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent())
        .toList();
  }

  private static Document parsed(String svg)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
