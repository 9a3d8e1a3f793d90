package dev.trifocal.apps.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GraphvizTextTest {
  @Test
  void a_graph_is_nodes_and_edges_with_their_words_quoted() {
    assertThat(GraphvizText.of(ResidualBlockGraph.RESIDUAL))
        .isEqualTo(
            """
            digraph "a \\"small\\" <net>" {
              node [shape=box, style=rounded, fontname="sans-serif", fontsize=10];
              "input" [label="Input\\n3x8x9"];
              "stem" [label="stem · Conv2d\\n4x8x9 · 16 weights"];
              "layer1.conv1" [label="layer1.conv1 · Conv2d\\n4x8x9 · 148 weights"];
              "layer1.relu" [label="layer1.relu · Relu\\n4x8x9"];
              "layer1.down" [label="layer1.down · Conv2d\\n4x8x9 · 20 weights"];
              "layer1.conv2" [label="layer1.conv2 · Conv2d\\n4x8x9 · 148 weights"];
              "layer1.add" [label="layer1.add · Add\\n4x8x9"];
              "add" [label="Add\\n4x8x9"];
              "input" -> "stem";
              "stem" -> "layer1.conv1";
              "layer1.conv1" -> "layer1.relu";
              "stem" -> "layer1.down";
              "layer1.relu" -> "layer1.conv2";
              "layer1.conv2" -> "layer1.add";
              "layer1.down" -> "layer1.add";
              "layer1.add" -> "add";
              "stem" -> "add";
            }
            """);
  }
}
