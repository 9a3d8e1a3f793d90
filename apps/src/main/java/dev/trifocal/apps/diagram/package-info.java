/** Diagrams of networks, as Graphviz text and as SVG. */
package dev.trifocal.apps.diagram;
